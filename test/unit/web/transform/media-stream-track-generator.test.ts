import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { AudioData } from "../../../../src/media/audio-data.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import { VideoFrame } from "../../../../src/media/video-frame.ts";
import { createRealm } from "../../../../src/web/create-realm.ts";
import { MediaStreamTrackGenerator } from "../../../../src/web/transform/media-stream-track-generator.ts";
import { MediaStreamTrackProcessor } from "../../../../src/web/transform/media-stream-track-processor.ts";
import { MediaStreamTrack } from "../../../../src/web/track/media-stream-track.ts";
import { MediaStream } from "../../../../src/web/stream/media-stream.ts";
import { levelMeter, pcm } from "../../../../src/readers/readers.ts";

createRealm();
afterEach(() => expect(openFrameCount()).toBe(0));

function picture(timestamp: number): VideoFrame {
  const data = new Uint8Array(32);
  return new VideoFrame(data, { format: "RGBA", codedWidth: 4, codedHeight: 2, timestamp });
}

/** 100 ms of half of full scale, one channel. */
function sound(timestamp: number): AudioData {
  const data = new Float32Array(1_600).fill(0.5);
  const shape = { sampleRate: 16_000, numberOfFrames: 1_600, numberOfChannels: 1 };
  return new AudioData({ format: "f32", ...shape, timestamp, data });
}

describe("MediaStreamTrackGenerator", () => {
  test("is a track of what is written to it", async () => {
    const generator = new MediaStreamTrackGenerator({ kind: "video" });
    expect(generator).toBeInstanceOf(MediaStreamTrack);
    expect(generator).toMatchObject({ kind: "video", readyState: "live", muted: false });
    expect(new MediaStream([generator]).getVideoTracks()).toEqual([generator]);
    const reader = new MediaStreamTrackProcessor(generator).readable.getReader();
    const read = reader.read();
    const frame = picture(7);
    await generator.writable.getWriter().write(frame);
    expect(frame.format).toBeNull();
    const { value } = await read;
    expect(value?.timestamp).toBe(7);
    value?.close();
    expect(generator.getSettings()).toMatchObject({ width: 4, height: 2 });
    generator.stop();
  });

  test("carries sound to the readers of its clones, too", async () => {
    const generator = new MediaStreamTrackGenerator<AudioData>({ kind: "audio" });
    const clone = generator.clone();
    expect(clone).not.toBeInstanceOf(MediaStreamTrackGenerator);
    const reader = pcm(clone, { sampleRate: 16_000, channels: 1, format: "s16" });
    const meter = levelMeter(generator);
    const writer = generator.writable.getWriter();
    for (let index = 0; index < 5; index += 1) await writer.write(sound(index * 100_000));
    expect(meter.level.peak).toBeCloseTo(0.5, 2);
    await writer.close();
    const chunks: Buffer[] = [];
    for await (const chunk of reader) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    expect(bytes.length).toBe(5 * 1_600 * 2);
    expect(bytes.readInt16LE(8_000) / 32_768).toBeCloseTo(0.5, 2);
    meter.close();
  });

  test("ends when its writable is closed", async () => {
    const generator = new MediaStreamTrackGenerator("audio");
    const ended = once(generator, "ended");
    await generator.writable.close();
    await ended;
    expect(generator.readyState).toBe("ended");
  });

  test("is refused for a missing kind, or one that there isn't", () => {
    for (const values of [[], [{}], [{ kind: "depth" }], ["depth"]]) {
      expect(() => Reflect.construct(MediaStreamTrackGenerator, values) as unknown).toThrow(
        TypeError,
      );
    }
  });

  test("refuses frames of the other kind, and closed ones", async () => {
    const closed = picture(0);
    closed.close();
    for (const [kind, frame] of [
      ["audio", picture(1)],
      ["video", sound(1)],
      ["video", closed],
    ] as const) {
      const writer = new MediaStreamTrackGenerator(kind).writable.getWriter();
      await expect(writer.write(frame)).rejects.toThrow(TypeError);
      await writer.closed.catch(() => {});
      frame.close();
    }
  });

  test("doesn't open the constructor of MediaStreamTrack to others", () => {
    class Mine extends (MediaStreamTrack as unknown as new () => object) {}
    expect(() => new Mine()).toThrow("Illegal constructor");
  });
});

describe("The stream of a MediaStreamTrackProcessor", () => {
  test("closes with its track, though nobody reads", async () => {
    const generator = new MediaStreamTrackGenerator("video");
    const reader = new MediaStreamTrackProcessor(generator).readable.getReader();
    generator.stop();
    await expect(reader.closed).resolves.toBeUndefined();
  });

  test("is closed already where the track has ended before", async () => {
    const generator = new MediaStreamTrackGenerator("video");
    generator.stop();
    const reader = new MediaStreamTrackProcessor(generator).readable.getReader();
    await expect(reader.closed).resolves.toBeUndefined();
  });

  test("gives what was written before the track's end first", async () => {
    const track = new MediaStreamTrackGenerator("video");
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 3 });
    const reader = readable.getReader();
    const writer = track.writable.getWriter();
    const first = reader.read();
    for (const timestamp of [1, 2, 3]) await writer.write(picture(timestamp));
    await writer.close();
    const seen: (number | undefined)[] = [];
    for (const { value } of [await first, await reader.read(), await reader.read()]) {
      seen.push(value?.timestamp);
      value?.close();
    }
    expect(seen).toEqual([1, 2, 3]);
    await reader.closed;
  });

  test("loses no frame that is on its way when the track ends", async () => {
    const track = new MediaStreamTrackGenerator("video");
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    const read = reader.read();
    void track.writable.getWriter().write(picture(5));
    track.stop();
    // Either it was there before the end or it was dropped with it; it is closed in both cases.
    const { done, value } = await read;
    value?.close();
    if (!done) await reader.closed;
    expect((await reader.read()).done).toBe(true);
  });
});
