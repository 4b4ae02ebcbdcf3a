import { afterEach, expect, test } from "vitest";
import type { CodecService } from "../../../../src/contract/encoder.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { ProgramSource } from "../../../../src/engine/source/program-source.ts";
import { systemClock } from "../../../../src/engine/clock/system-clock.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import { VideoFrame } from "../../../../src/media/video-frame.ts";
import { createRealm } from "../../../../src/web/create-realm.ts";
import { createTrack } from "../../../../src/web/track/create-track.ts";
import { ImageCapture } from "../../../../src/web/image-capture/image-capture.ts";
import { takePhoto } from "../../../../src/web/image-capture/take-photo.ts";

const realm = createRealm();

/** Encoders that have nothing to do. */
const idleCodecs: CodecService = {
  isSupported: () => true,
  openEncoder: () =>
    Promise.resolve({
      encodeQueueSize: 0,
      encode: (frame) => frame.close(),
      setEnabled() {},
      setPaused() {},
      requestKeyFrame() {},
      flush: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
};

afterEach(() => expect(openFrameCount()).toBe(0));

function captureOf(kind: "audio" | "video") {
  const source = new ProgramSource(kind, "test", { clock: systemClock, codecs: undefined });
  const track = createTrack(realm, source.openTrack({ width: 4, height: 2 }));
  return { source, track };
}

function picture(): VideoFrame {
  const data = Uint8Array.from({ length: 32 }, (_byte, index) => (index % 4 === 1 ? 0 : 255));
  return new VideoFrame(data, { format: "RGBA", codedWidth: 4, codedHeight: 2, timestamp: 0 });
}

test("grabFrame() gives the next picture's pixels", async () => {
  const { source, track } = captureOf("video");
  const grabbing = new ImageCapture(track).grabFrame();
  source.push(picture());
  const grabbed = await grabbing;
  expect(grabbed).toMatchObject({ width: 4, height: 2, colorSpace: "srgb" });
  expect([...grabbed.data.subarray(0, 4)]).toEqual([255, 0, 255, 255]);
  grabbed.close();
});

test("takePhoto() gives PNG where nothing encodes JPEG", async () => {
  const { source, track } = captureOf("video");
  const taking = new ImageCapture(track).takePhoto();
  const timer = setInterval(() => source.push(picture()), 5);
  const photo = await taking;
  clearInterval(timer);
  expect(photo.type).toBe("image/png");
  const bytes = Buffer.from(await photo.arrayBuffer());
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([4, 2]);
});

test("A track that gives no picture gives no photo, after a while", async () => {
  const clock = new ManualClock();
  const source = new ProgramSource("video", "test", { clock, codecs: idleCodecs });
  const timed = { ...realm, clock };
  const track = createTrack(timed, source.openTrack({}));
  const taking = takePhoto({ realm: timed, track }, {});
  const failing = taking.catch((error: unknown) => error);
  await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(15_000);
  expect(await failing).toMatchObject({ name: "UnknownError" });
  track.stop();
});

test("Capabilities and settings tell what there is", async () => {
  const { track } = captureOf("video");
  const capture = new ImageCapture(track);
  expect(await capture.getPhotoCapabilities()).toEqual({
    redEyeReduction: "never",
    imageHeight: { max: 2, min: 1, step: 1 },
    imageWidth: { max: 4, min: 1, step: 1 },
    fillLightMode: [],
  });
  expect(await capture.getPhotoSettings()).toEqual({
    imageHeight: 2,
    imageWidth: 4,
    redEyeReduction: false,
  });
});

test.each([
  { imageWidth: 5 },
  { imageHeight: 0 },
  { fillLightMode: "flash" },
  { redEyeReduction: true },
] as const)("takePhoto() refuses %o", async (settings) => {
  const { track } = captureOf("video");
  await expect(new ImageCapture(track).takePhoto(settings)).rejects.toMatchObject({
    name: "NotSupportedError",
  });
});

test("A track that has ended gives no picture", async () => {
  const { source, track } = captureOf("video");
  const capture = new ImageCapture(track);
  const grabbing = capture.grabFrame();
  source.end();
  await expect(grabbing).rejects.toMatchObject({ name: "UnknownError" });
  track.stop();
  for (const method of ["grabFrame", "takePhoto", "getPhotoCapabilities"] as const) {
    await expect(capture[method]()).rejects.toMatchObject({ name: "InvalidStateError" });
  }
});

test("ImageCapture wants a track of video", () => {
  expect(() => new ImageCapture(captureOf("audio").track)).toThrow(
    expect.objectContaining({ name: "NotSupportedError" }),
  );
  expect(() => Reflect.construct(ImageCapture, [{}])).toThrow(TypeError);
});
