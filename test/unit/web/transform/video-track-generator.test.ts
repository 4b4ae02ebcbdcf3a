import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import { VideoFrame } from "../../../../src/media/video-frame.ts";
import { createRealm } from "../../../../src/web/create-realm.ts";
import { MediaStreamTrackProcessor } from "../../../../src/web/transform/media-stream-track-processor.ts";
import { VideoTrackGenerator } from "../../../../src/web/transform/video-track-generator.ts";

createRealm();
afterEach(() => expect(openFrameCount()).toBe(0));

function picture(timestamp: number): VideoFrame {
  const data = new Uint8Array(32);
  return new VideoFrame(data, { format: "RGBA", codedWidth: 4, codedHeight: 2, timestamp });
}

test("What is written comes out of the track and of its clones", async () => {
  const generator = new VideoTrackGenerator();
  expect(generator.track).toMatchObject({ kind: "video", readyState: "live" });
  const tracks = [generator.track, generator.track.clone()];
  const readers = tracks.map((track) =>
    new MediaStreamTrackProcessor({ track }).readable.getReader(),
  );
  const reads = readers.map((reader) => reader.read());
  const frame = picture(7);
  await generator.writable.getWriter().write(frame);
  expect(frame.format).toBeNull();
  for (const { value } of await Promise.all(reads)) {
    expect(value?.timestamp).toBe(7);
    value?.close();
  }
  expect(generator.track.getSettings()).toMatchObject({ width: 4, height: 2 });
});

test("Closing the writable ends the track", async () => {
  const generator = new VideoTrackGenerator();
  const ended = once(generator.track, "ended");
  await generator.writable.close();
  await ended;
  expect(generator.track.readyState).toBe("ended");
});

test("Muting mutes the track, once, in a task", async () => {
  const generator = new VideoTrackGenerator();
  const muted = once(generator.track, "mute");
  generator.muted = true;
  generator.muted = false;
  generator.muted = true;
  expect([generator.muted, generator.track.muted]).toEqual([true, false]);
  await muted;
  expect(generator.track.muted).toBe(true);
  await generator.writable.getWriter().write(picture(0));
  generator.track.stop();
});

test("What is no open frame is refused", async () => {
  for (const frame of [{}, undefined]) {
    const writer = new VideoTrackGenerator().writable.getWriter();
    await expect(writer.write(frame as VideoFrame)).rejects.toThrow(TypeError);
    await writer.closed.catch(() => {});
  }
  const closed = picture(0);
  closed.close();
  const writer = new VideoTrackGenerator().writable.getWriter();
  await expect(writer.write(closed)).rejects.toThrow("closed");
  await writer.closed.catch(() => {});
});

test("The writable is closed when the last of its tracks was stopped, after what was written before", async () => {
  const generator = new VideoTrackGenerator();
  const clone = generator.track.clone();
  const writer = generator.writable.getWriter();
  generator.track.stop();
  await writer.write(picture(0));
  const last = writer.write(picture(1));
  clone.stop();
  await Promise.all([last, writer.closed]);
  const late = picture(2);
  await expect(writer.write(late)).rejects.toThrow(TypeError);
  expect(late.format).toBe("RGBA");
  late.close();
});

test("A pipe into a generator whose track was stopped ends its source", async () => {
  const generator = new VideoTrackGenerator();
  let isCancelled = false;
  const frames = new ReadableStream<VideoFrame>({ cancel: () => void (isCancelled = true) });
  const piped = frames.pipeTo(generator.writable);
  generator.track.stop();
  await expect(piped).rejects.toThrow("The track has ended");
  expect(isCancelled).toBe(true);
});

test("The writable is closed when nobody holds it, too", async () => {
  const generator = new VideoTrackGenerator();
  generator.track.stop();
  await expect(generator.writable.getWriter().closed).resolves.toBeUndefined();
});
