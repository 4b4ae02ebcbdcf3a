import { expect, onTestFinished, test } from "vitest";

import { createMediaCapture, defaultBackends } from "../../src/backend.ts";
import { createPermissionBroker } from "../../src/permission/index.ts";
import type { MediaDevices } from "../../src/web/media-devices/media-devices.ts";

/** The message of a call for a device that isn't there, in a program with this environment. */
async function messageIn(
  environment: NodeJS.ProcessEnv,
  call: (mediaDevices: MediaDevices) => Promise<unknown>,
): Promise<string> {
  const { backends, notFoundAdvice } = defaultBackends(environment, "linux");
  const permission = createPermissionBroker({ environment: {} });
  const capture = createMediaCapture({ backends, notFoundAdvice, permission });
  onTestFinished(async () => {
    await capture.close();
    await Promise.all(backends.map((backend) => backend.close?.()));
  });
  const error = await call(capture.mediaDevices).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "NotFoundError" });
  return (error as Error).message;
}

const camera = (mediaDevices: MediaDevices) => mediaDevices.getUserMedia({ video: true });
const microphone = (mediaDevices: MediaDevices) => mediaDevices.getUserMedia({ audio: true });
const screen = (mediaDevices: MediaDevices) => mediaDevices.getDisplayMedia();

test("a file that doesn't exist is named where its devices are missed", async () => {
  const environment = { USERMEDIA_BACKENDS: "file", USERMEDIA_FILES: "/nope" };
  for (const call of [camera, microphone]) {
    expect(await messageIn(environment, call)).toContain("/nope doesn't exist");
  }
});

test("a file without sound or pictures is named", async () => {
  const environment = { USERMEDIA_BACKENDS: "file", USERMEDIA_FILES: "package.json" };
  expect(await messageIn(environment, camera)).toMatch(/package\.json has neither sound nor/u);
});

test("a sound server that can't be reached is said, with its address", async () => {
  const environment = { USERMEDIA_BACKENDS: "pulse", PULSE_SERVER: "/nonexistent/native" };
  const message = await messageIn(environment, microphone);
  expect(message).toContain("No sound server answers at /nonexistent/native");
  expect(message).toContain("PULSE_SERVER");
});

test("what keeps a screen from being found is said, and no advice on microphones", async () => {
  const only = { USERMEDIA_BACKENDS: "x11,pulse", PULSE_SERVER: "/nonexistent/native" };
  const missing = await messageIn(only, screen);
  expect(missing).toContain("DISPLAY isn't set");
  expect(missing).not.toContain("sound server");
  const unreachable = await messageIn({ ...process.env, ...only, DISPLAY: ":987" }, screen);
  expect(unreachable).toContain("No X server answers at DISPLAY=:987");
  const wayland = { ...only, DISPLAY: ":0", WAYLAND_DISPLAY: "wayland-0" };
  expect(await messageIn(wayland, screen)).toContain("Wayland");
});

test("synthetic devices are not there unasked, and the error says how to get them", async () => {
  const environment = { USERMEDIA_BACKENDS: "pulse", PULSE_SERVER: "/nonexistent/native" };
  expect(await messageIn(environment, camera)).toMatch(/synthetic/u);
  expect(defaultBackends({}).notFoundAdvice).toContain("USERMEDIA_BACKENDS=synthetic");
});
