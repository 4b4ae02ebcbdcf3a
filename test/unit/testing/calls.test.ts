import { expect, test } from "vitest";

import { explainDevices } from "../../../src/world/explain-devices.ts";
import { VirtualDevices } from "../../../src/testing/index.ts";

function twoCameras() {
  const devices = new VirtualDevices();
  const front = devices.addCamera({ label: "Front", modes: [{ width: 640, height: 480 }] });
  const back = devices.addCamera({ label: "Back", facingMode: "environment" });
  return { devices, front, back };
}

test("a call says what was asked, what each device made of it, and which was chosen", async () => {
  const { devices, back } = twoCameras();
  const constraints = { video: { facingMode: { exact: "environment" }, width: 1280 } };
  const request = devices.mediaDevices.getUserMedia(constraints);
  expect(devices.calls).toMatchObject([{ method: "getUserMedia", outcome: "pending" }]);
  await request;
  const [call] = devices.calls;
  expect(call).toMatchObject({ constraints, outcome: "fulfilled", error: undefined });
  expect(call?.chosen).toMatchObject([{ device: back, settings: { width: 1280, height: 720 } }]);
  expect(call?.why.split("\n")).toEqual([
    "Front: facingMode is user, but environment is required",
    expect.stringMatching(/^Back: fitness distance 0 with 1280x720/),
  ]);
  await devices.close();
});

test("a call says which names were no constraints, and were ignored", async () => {
  const { devices } = twoCameras();
  devices.addMicrophone();
  const audio = { mozNoiseSuppression: false, noiseSuppression: true };
  const video = { facingmode: "user", googLeakyBucket: true } as object;
  const stream = await devices.mediaDevices.getUserMedia({ audio, video, vidoe: true } as object);
  await stream.getVideoTracks()[0]?.applyConstraints({ widht: 640 } as object);
  expect(devices.calls.map(({ ignored }) => ignored)).toEqual([
    ["vidoe", "audio.mozNoiseSuppression", "video.facingmode", "video.googLeakyBucket"],
    ["widht"],
  ]);
  await devices.close();
});

test("explain() gives each device's fitness distance or the constraint that excludes it", () => {
  const { devices } = twoCameras();
  devices.addMicrophone({ label: "Headset" });
  const verdicts = devices.explain({ audio: true, video: { width: { min: 1000, ideal: 1600 } } });
  expect(verdicts).toMatchObject([
    { label: "Headset", kind: "audioinput", fitnessDistance: 0, excludedBy: [] },
    { label: "Front", fitnessDistance: Infinity, excludedBy: ["width"], settings: undefined },
    { label: "Back", excludedBy: [], settings: { width: 1600 } },
  ]);
});

test("the error's message, explain() and the command's --why say the same", async () => {
  const { devices } = twoCameras();
  const constraints = { width: { min: 4000 } };
  (await devices.mediaDevices.getUserMedia({ video: true })).getTracks()[0]?.stop();
  const error = await devices.mediaDevices.getUserMedia({ video: constraints }).catch((e) => e);
  const lines = devices.explain({ video: constraints }).map(({ text }) => text);
  expect(error.message.split("\n").slice(1)).toEqual(lines);
  expect(lines).toEqual([
    "Front: width is 1 to 640, but at least 4000 is required",
    "Back: width is 1 to 1920, but at least 4000 is required",
  ]);
  const listed = (await devices.backend.listDevices()).map((description) => ({
    description,
    id: description.hardwareId,
  }));
  expect(explainDevices(listed, constraints).split("\n")).toEqual(lines);
  expect(devices.calls.at(-1)).toMatchObject({ outcome: "rejected", error, chosen: [] });
});

test("the error names no device before labels may be exposed", async () => {
  const { devices } = twoCameras();
  devices.permission.askAgain("camera");
  const refused = devices.mediaDevices.getUserMedia({ video: { width: { min: 4000 } } });
  await expect(refused).rejects.toMatchObject({
    name: "OverconstrainedError",
    message: 'No camera meets width: {"min":4000}. Possible: 1 to 1920',
  });
});

test("listing, displays and applyConstraints() are calls, too", async () => {
  const { devices, front } = twoCameras();
  const display = devices.addDisplay({ label: "Desk" });
  await devices.mediaDevices.enumerateDevices();
  const shared = await devices.mediaDevices.getDisplayMedia();
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  await stream.getVideoTracks()[0]?.applyConstraints({ width: 320 });
  const refused = stream.getVideoTracks()[0]?.applyConstraints({ width: { exact: 5000 } });
  await expect(refused).rejects.toThrow("\nFront: width is 1 to 640, but 5000 is required");
  expect(devices.calls).toMatchObject([
    { method: "enumerateDevices", constraints: undefined, why: "" },
    { method: "getDisplayMedia", chosen: [{ device: display }] },
    { method: "getUserMedia", chosen: [{ device: front }] },
    { method: "applyConstraints", chosen: [{ device: front, settings: { width: 320 } }] },
    { method: "applyConstraints", outcome: "rejected" },
  ]);
  for (const track of [...shared.getTracks(), ...stream.getTracks()]) track.stop();
  await devices.close();
});

test("a call that fails at once is logged as well", async () => {
  const { devices } = twoCameras();
  await expect(devices.mediaDevices.getUserMedia({})).rejects.toThrow(TypeError);
  expect(devices.calls).toMatchObject([{ outcome: "rejected", error: { name: "TypeError" } }]);
});
