import { once } from "node:events";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterEach, describe, expect, test } from "vitest";
import { ProgramSource } from "../../../src/engine/source/program-source.ts";
import { systemClock } from "../../../src/engine/clock/system-clock.ts";
import { AudioData } from "../../../src/media/audio-data.ts";
import { openFrameCount } from "../../../src/media/open-frames.ts";
import { VideoFrame } from "../../../src/media/video-frame.ts";
import { createRealm } from "../../../src/web/create-realm.ts";
import { createTrack } from "../../../src/web/track/create-track.ts";
import { MediaStreamTrackProcessor } from "../../../src/web/transform/media-stream-track-processor.ts";
import { frames, levelMeter, pcm } from "../../../src/readers/readers.ts";

const realm = createRealm();

afterEach(() => expect(openFrameCount()).toBe(0));

function trackOf(kind: "audio" | "video") {
  const source = new ProgramSource(kind, "test", { clock: systemClock, codecs: undefined });
  return { source, track: createTrack(realm, source.openTrack({})) };
}

/** 10 ms of stereo at 48 kHz: a tone of 440 Hz left, silence right. */
function sound(index: number): AudioData {
  const data = new Float32Array(960);
  for (let frame = 0; frame < 480; frame += 1) {
    data[frame] = Math.sin((2 * Math.PI * 440 * (index * 480 + frame)) / 48_000);
  }
  return new AudioData({
    format: "f32-planar",
    sampleRate: 48_000,
    numberOfFrames: 480,
    numberOfChannels: 2,
    timestamp: index * 10_000,
    data,
  });
}

/** 8x4 px, left half red, right half blue. */
function picture(timestamp: number): VideoFrame {
  const pixels = Array.from({ length: 32 }, (_pixel, index) =>
    index % 8 < 4 ? [255, 0, 0, 255] : [0, 0, 255, 255],
  );
  return new VideoFrame(Uint8Array.from(pixels.flat()), {
    format: "RGBA",
    codedWidth: 8,
    codedHeight: 4,
    timestamp,
  });
}

describe("pcm()", () => {
  test("gives the samples at the asked rate, channels and format", async () => {
    const { source, track } = trackOf("audio");
    const reader = pcm(track, { sampleRate: 16_000, channels: 1, format: "s16" });
    for (let index = 0; index < 100; index += 1) source.push(sound(index));
    source.end();
    const chunks: Buffer[] = [];
    for await (const chunk of reader) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    expect(bytes.length / 2).toBeGreaterThan(15_900);
    expect(bytes.length / 2).toBeLessThanOrEqual(16_000);
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    const rms = Math.sqrt(samples.slice(1_000).reduce((sum, s) => sum + s * s, 0) / samples.length);
    // Left and silent right are halved by mixing to one: 0.5 of full scale at the peak.
    expect(rms / 32_768).toBeCloseTo(0.5 / Math.SQRT2, 1);
  });

  test("gives chunks of the asked size, and the rest at the end", async () => {
    const { source, track } = trackOf("audio");
    const reader = pcm(track, { channels: 1, frameSize: 512 });
    for (let index = 0; index < 10; index += 1) source.push(sound(index));
    source.end();
    const lengths: number[] = [];
    for await (const chunk of reader) lengths.push(chunk.length / 2);
    expect(lengths).toEqual([...Array.from({ length: 9 }, () => 512), 4_800 - 9 * 512]);
  });

  test("pipes into any Writable", async () => {
    const { source, track } = trackOf("audio");
    let bytes = 0;
    const target = new Writable({
      write(chunk: Buffer, _encoding, callback) {
        bytes += chunk.length;
        callback();
      },
    });
    const reader = pcm(track);
    for (let index = 0; index < 10; index += 1) source.push(sound(index));
    source.end();
    await pipeline(reader, target);
    expect(bytes).toBe(4_800 * 2 * 2);
  });

  test("counts what a slow reader misses, and keeps the newest", async () => {
    const { source, track } = trackOf("audio");
    const reader = pcm(track, { channels: 1, maxBufferSize: 3 });
    for (let index = 0; index < 10; index += 1) source.push(sound(index));
    source.end();
    let samples = 0;
    for await (const chunk of reader) samples += chunk.length / 2;
    expect(reader.dropped).toBe(7);
    expect(samples).toBe(3 * 480);
  });

  test("lets the track go on when the loop is left", async () => {
    const { source, track } = trackOf("audio");
    const reader = pcm(track);
    source.push(sound(0));
    for await (const chunk of reader) if (chunk.length > 0) break;
    expect(reader.destroyed).toBe(true);
    expect(track.readyState).toBe("live");
    source.push(sound(1));
    expect(openFrameCount()).toBe(0);
  });

  test("refuses video, and shapes that no sound can have", () => {
    expect(() => pcm(trackOf("video").track)).toThrow(TypeError);
    const { track } = trackOf("audio");
    expect(() => pcm(track, { format: "mp3" as "s16" })).toThrow('"s16"');
    expect(() => pcm(track, { sampleRate: 0 })).toThrow(RangeError);
    expect(() => pcm(track, { channels: 1.5 })).toThrow(RangeError);
  });
});

describe("frames()", () => {
  test("gives packed pixels of the asked size", async () => {
    const { source, track } = trackOf("video");
    const reader = frames(track, { width: 4, height: 2, format: "rgb24" });
    const next = reader[Symbol.asyncIterator]().next();
    source.push(picture(1_000));
    const { value } = await next;
    expect(value).toMatchObject({ width: 4, height: 2, format: "rgb24", timestamp: 1_000 });
    const row = [255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255];
    expect([...value]).toEqual([...row, ...row]);
    reader.destroy();
    await once(reader, "close");
  });

  test("keeps the shape where only one side is asked for", async () => {
    const { source, track } = trackOf("video");
    const reader = frames(track, { width: 4 });
    const next = reader[Symbol.asyncIterator]().next();
    source.push(picture(0));
    expect((await next).value).toMatchObject({ width: 4, height: 2, length: 32, format: "rgba" });
    reader.destroy();
  });

  test("gives a slow reader the newest picture and counts the others", async () => {
    const { source, track } = trackOf("video");
    const reader = frames(track);
    for (let timestamp = 0; timestamp < 5; timestamp += 1) source.push(picture(timestamp));
    source.end();
    const timestamps: number[] = [];
    for await (const { timestamp } of reader) timestamps.push(timestamp);
    expect(timestamps).toEqual([4]);
    expect(reader.dropped).toBe(4);
  });

  test("refuses sound, odd formats and impossible sizes", () => {
    expect(() => frames(trackOf("audio").track)).toThrow(TypeError);
    const { track } = trackOf("video");
    expect(() => frames(track, { format: "gif" as "rgba" })).toThrow('"rgba"');
    expect(() => frames(track, { width: 0 })).toThrow(RangeError);
    expect(() => frames(track, { height: 1.5 })).toThrow(RangeError);
  });

  test("as JPEG says what is missing where nothing encodes", async () => {
    const { track } = trackOf("video");
    const reader = frames(track, { format: "jpeg" });
    await expect(reader[Symbol.asyncIterator]().next()).rejects.toThrow(
      "npm install --include=optional node-usermedia",
    );
  });
});

describe("levelMeter()", () => {
  test("measures the latest piece", () => {
    const { source, track } = trackOf("audio");
    const meter = levelMeter(track);
    const seen: number[] = [];
    meter.onLevel(({ peak }) => seen.push(peak));
    source.push(sound(0));
    expect(meter.level.peak).toBeCloseTo(1, 2);
    // One of two channels is silent.
    expect(meter.level.dbfs).toBeCloseTo(-6, 0);
    expect(seen).toHaveLength(1);
    source.end();
    expect(meter.level.dbfs).toBe(-Infinity);
    meter.close();
  });

  test("refuses video", () => {
    expect(() => levelMeter(trackOf("video").track)).toThrow(TypeError);
  });
});

test.each([
  ["pcm()", "audio", pcm],
  ["frames()", "video", frames],
  ["levelMeter()", "audio", levelMeter],
] as const)("%s refuses a track that has ended", (_name, kind, read) => {
  const { track } = trackOf(kind);
  track.stop();
  expect(() => read(track)).toThrow(expect.objectContaining({ name: "InvalidStateError" }));
});

describe("MediaStreamTrackProcessor", () => {
  test("gives the frames of a track, and ends with it", async () => {
    const { source, track } = trackOf("video");
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 8 });
    for (const timestamp of [1, 2, 3]) source.push(picture(timestamp));
    source.end();
    const timestamps: number[] = [];
    for await (const frame of readable) {
      expect(frame).toBeInstanceOf(VideoFrame);
      timestamps.push(frame.timestamp);
      frame.close();
    }
    expect(timestamps).toEqual([1, 2, 3]);
  });

  test("keeps the newest frame of a slow reader, and closes the others", async () => {
    const { source, track } = trackOf("video");
    const { readable } = new MediaStreamTrackProcessor({ track });
    for (const timestamp of [1, 2, 3]) source.push(picture(timestamp));
    expect(openFrameCount()).toBe(1);
    const reader = readable.getReader();
    const { value } = await reader.read();
    expect(value?.timestamp).toBe(3);
    value?.close();
    await reader.cancel();
  });

  test("gives sound too", async () => {
    const { source, track } = trackOf("audio");
    const processor = new MediaStreamTrackProcessor<AudioData>({ track });
    const reading = processor.readable.getReader().read();
    source.push(sound(3));
    const { value } = await reading;
    expect(value).toBeInstanceOf(AudioData);
    expect(value?.timestamp).toBe(30_000);
    value?.close();
  });

  test("gives black pictures while the track is disabled, in the place of those that come", async () => {
    const { source, track } = trackOf("video");
    const { readable } = new MediaStreamTrackProcessor<VideoFrame>({ track, maxBufferSize: 3 });
    for (const [timestamp, enabled] of [true, false, true].entries()) {
      track.enabled = enabled;
      source.push(picture(timestamp));
    }
    source.end();
    const brightest: number[] = [];
    for await (const frame of readable) {
      const pixels = new Uint8Array(frame.allocationSize({ format: "RGBA" }));
      await frame.copyTo(pixels, { format: "RGBA" });
      frame.close();
      brightest.push(Math.max(...pixels.filter((_byte, index) => index % 4 < 3)));
    }
    expect(brightest).toEqual([255, 0, 255]);
  });

  test("closes what waits when the stream is cancelled, and the track goes on", async () => {
    const { source, track } = trackOf("video");
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 4 });
    for (const timestamp of [1, 2, 3]) source.push(picture(timestamp));
    await readable.cancel();
    source.push(picture(4));
    expect(openFrameCount()).toBe(0);
    expect(track.readyState).toBe("live");
  });

  test("drops what waits of a track that was stopped, and ends", async () => {
    const { source, track } = trackOf("video");
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 4 });
    for (const timestamp of [1, 2, 3]) source.push(picture(timestamp));
    const reader = readable.getReader();
    track.stop();
    await reader.closed;
    expect(openFrameCount()).toBe(0);
  });

  test("has ended for a track that has", async () => {
    const { track } = trackOf("video");
    track.stop();
    const { readable } = new MediaStreamTrackProcessor({ track });
    expect(await readable.getReader().read()).toEqual({ done: true, value: undefined });
  });

  test("is the same stream each time, and wants a track", () => {
    const { track } = trackOf("video");
    const processor = new MediaStreamTrackProcessor({ track });
    expect(processor.readable).toBe(processor.readable);
    for (const init of [undefined, {}, { track: {} }, { track, maxBufferSize: -1 }]) {
      expect(() => Reflect.construct(MediaStreamTrackProcessor, [init])).toThrow(TypeError);
    }
  });
});
