import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import type { DeviceConfiguration, DeviceDescription } from "../../../../src/contract/device.ts";
import { DeviceError } from "../../../../src/contract/device-error.ts";
import type { RunningCapture } from "../../../../src/permission/contract.ts";
import { createMediaCapture } from "../../../../src/world/create-media-capture.ts";
import { display, output } from "../../../support/fake-engine.ts";
import { CAMERA, mode, ScriptedBackend } from "../../../support/scripted-backend.ts";
import { program, ScriptedPrompt } from "../../permission/fixture.ts";

const other: DeviceDescription = {
  ...CAMERA,
  hardwareId: "other",
  label: "Other camera",
  isDefault: false,
};
const secondScreen: DeviceDescription = {
  ...display,
  hardwareId: "second",
  label: "Second screen",
  isDefault: false,
};
const allowed = { camera: "scripted:camera" };

/** Notes what it is asked to open, and refuses what a test says. */
class NotingBackend extends ScriptedBackend {
  readonly asked: string[] = [];
  readonly refused = new Set<string>();

  override async open(hardwareId: string, configuration: DeviceConfiguration) {
    this.asked.push(hardwareId);
    await this.opening;
    if (this.refused.has(hardwareId)) throw new DeviceError("busy", "It is in use.");
    return super.open(hardwareId, configuration);
  }
}

/** A world with the real broker, and a person who answers when the test says so. */
function world(...devices: DeviceDescription[]) {
  const backend = new NotingBackend();
  backend.devices = devices;
  const prompt = new ScriptedPrompt();
  const permission = program(undefined, { prompts: [prompt] }).broker();
  const capture = createMediaCapture({ backends: [backend], permission });
  onTestFinished(() => capture.close());
  return { backend, permission, prompt, mediaDevices: capture.mediaDevices };
}

test("a camera that wasn't allowed is not opened in place of the allowed one, which is live", async () => {
  const { backend, mediaDevices, prompt } = world(CAMERA, other);
  const call = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("once", allowed);
  await call;
  backend.session.failure = new DeviceError("busy", "No other mode while it runs.");
  const another = { video: { width: 1920, frameRate: 5 } };
  await expect(mediaDevices.getUserMedia(another)).rejects.toThrow("No other mode");
  expect(backend.asked).toEqual(["camera"]);
});

test("a camera that wasn't allowed is not opened in place of the allowed one, which is busy", async () => {
  const { backend, mediaDevices, prompt } = world(CAMERA, other);
  backend.refused.add("camera");
  const call = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("once", allowed);
  await expect(call).rejects.toThrow("in use");
  await expect(mediaDevices.getUserMedia({ video: true })).rejects.toThrow("in use");
  expect(backend.asked).toEqual(["camera", "camera"]);
});

test("a camera that needs what only another one can is asked about, not taken", async () => {
  const large: DeviceDescription = {
    kind: "videoinput",
    hardwareId: "large",
    hardwareGroupId: "large",
    label: "Large camera",
    isDefault: false,
    modes: [mode(3840, 2160, 30)],
  };
  const { backend, mediaDevices, prompt } = world(CAMERA, large);
  const call = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("once", allowed);
  await call;
  const second = mediaDevices.getUserMedia({ video: { width: { min: 3000 } } });
  await prompt.answer("block");
  await expect(second).rejects.toMatchObject({ name: "NotAllowedError" });
  expect(backend.asked).toEqual(["camera"]);
});

test("after a revocation while one camera fails to open, the next is not opened", async () => {
  const { backend, mediaDevices, permission, prompt } = world(CAMERA, other);
  let fail: () => void = () => undefined;
  backend.opening = new Promise((resolve) => (fail = resolve));
  backend.refused.add("camera");
  const call = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("once");
  await expect.poll(() => backend.asked).toEqual(["camera"]);
  await permission.revoke("camera");
  fail();
  await expect(call).rejects.toMatchObject({ name: "NotAllowedError" });
  expect(backend.asked).toEqual(["camera"]);
});

test("a call in the tick of a revocation is asked about, though the track is about to end", async () => {
  const { mediaDevices, permission, prompt } = world(CAMERA);
  const call = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("once");
  await call;
  void permission.revoke("camera");
  const next = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("block");
  await expect(next).rejects.toMatchObject({ name: "NotAllowedError" });
});

test.each(["first", "second"])(
  "revoking the %s screen, which was picked, ends its sound",
  async (which) => {
    const screen = which === "first" ? display : secondScreen;
    const { mediaDevices, permission, prompt } = world(display, secondScreen, output);
    const call = mediaDevices.getDisplayMedia({ audio: true });
    const deviceKey = `scripted:${screen.hardwareId}`;
    await prompt.answer("once", { "display-capture": deviceKey });
    const stream = await call;
    const tracks = [...stream.getTracks(), ...stream.clone().getTracks()];
    expect(tracks.map(({ kind }) => kind)).toEqual(["audio", "video", "audio", "video"]);
    const ended = tracks.map((track) => once(track, "ended"));
    await permission.revoke("display-capture", deviceKey);
    await Promise.all(ended);
  },
);

test("a clone made in the tick in which its source dies is ended, and nothing is captured", async () => {
  const { backend, mediaDevices, permission, prompt } = world(CAMERA);
  const seen: (readonly RunningCapture[])[] = [];
  permission.watchCaptures((captures) => seen.push(captures));
  const call = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("once");
  const stream = await call;
  const [track] = stream.getTracks();
  const ended = track && once(track, "ended");
  backend.session.end();
  expect(track?.readyState).toBe("live");
  expect(track?.clone().readyState).toBe("ended");
  expect(stream.clone().active).toBe(false);
  await ended;
  expect(seen.map((captures) => captures.length)).toEqual([1, 0]);
});
