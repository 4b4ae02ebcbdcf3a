import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tone } from "node-usermedia/testing";
import { virtualDevices } from "node-usermedia/testing/vitest";
import { AudioContext } from "./audio-context.js";

// hark looks for it when it is loaded.
window.AudioContext = AudioContext;
const { default: hark } = await import("hark");
const { default: RecordPlugin } = await import("wavesurfer.js/plugins/record");

beforeEach(() => {
  virtualDevices.encoder = "fake";
});
afterEach(() => {
  virtualDevices.encoder = "native";
});

test("hark hears that somebody speaks", async () => {
  virtualDevices.addMicrophone({ content: tone(440, 0.8) });
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const events = hark(stream, { interval: 20 });
  await new Promise((resolve) => events.on("speaking", resolve));
  expect(events.speaking).toBe(true);
  events.stop();
});

test("wavesurfer's record plugin lists, opens, records and frees a microphone", async () => {
  const microphone = virtualDevices.addMicrophone({ label: "Headset" });
  const record = RecordPlugin.create({ renderRecordedAudio: false });
  await record.startMic({ deviceId: microphone.deviceId });
  expect((await RecordPlugin.getAvailableAudioDevices()).map(({ label }) => label)).toEqual([
    "Headset",
  ]);
  const recorded = new Promise((resolve) => record.on("record-end", resolve));
  const progress = new Promise((resolve) => record.on("record-progress", resolve));
  await record.startRecording();
  await progress;
  record.stopRecording();
  const blob = await recorded;
  expect(blob.type).toContain("audio/webm");
  expect(blob.size).toBeGreaterThan(100);
  record.stopMic();
  record.destroy();
  await vi.waitFor(() => expect(microphone.isLive).toBe(false));
});
