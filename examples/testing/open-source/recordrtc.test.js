import { expect, test } from "vitest";
import { virtualDevices } from "node-usermedia/testing/vitest";

test("RecordRTC finds the capture API, and records a stream with MediaRecorder", async (ctx) => {
  const { default: RecordRTC } = await import("recordrtc");
  const devices = virtualDevices;
  devices.addCamera({ modes: [{ width: 160, height: 120 }] });
  devices.addMicrophone();
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  const mimeType = "video/webm";
  if (!MediaRecorder.isTypeSupported(mimeType)) ctx.skip("node-av isn't installed");
  // By itself it takes a browser it doesn't know for one that needs an encoder from a CDN.
  const { MediaStreamRecorder: recorderType } = RecordRTC;
  const options = { type: "video", mimeType, recorderType };
  const recorder = new RecordRTC.RecordRTCPromisesHandler(stream, options);
  await recorder.startRecording();
  expect(await recorder.getState()).toBe("recording");
  const reader = new MediaStreamTrackProcessor({ track: stream.getVideoTracks()[0] });
  const frames = reader.readable.getReader();
  for (let count = 0; count < 10; count++) (await frames.read()).value.close();
  await frames.cancel();
  await recorder.stopRecording();
  const blob = await recorder.getBlob();
  expect(blob.type).toContain("video/webm");
  expect(blob.size).toBeGreaterThan(1000);
  for (const track of stream.getTracks()) track.stop();
});
