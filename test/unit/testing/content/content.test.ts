import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";

import { AudioData, frames, pcm, VideoFrame } from "../../../../src/index.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import {
  color,
  image,
  ManualClock,
  silence,
  soundFile,
  tone,
  videoFile,
  VirtualDevices,
  type AudioContent,
  type VideoContent,
} from "../../../../src/testing/index.ts";
import type { MediaStreamTrack } from "../../../../src/web/track/media-stream-track.ts";
import { makeMediaFile } from "../../../support/media-file.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const clock = new ManualClock();
const rooms: VirtualDevices[] = [];

afterEach(async () => {
  await Promise.all(rooms.splice(0).map((devices) => devices.close()));
  expect(openFrameCount()).toBe(0);
});

function machineRoom(): VirtualDevices {
  const devices = new VirtualDevices({ clock });
  rooms.push(devices);
  return devices;
}

const SIZE = { width: 4, height: 2, frameRate: 10 };

/** A camera that sees this, and its pictures as RGBA, each when it is asked for. */
async function camera(content: VideoContent, mode = SIZE) {
  const devices = machineRoom();
  const handle = devices.addCamera({ modes: [mode], content });
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  const [track] = stream.getVideoTracks() as [MediaStreamTrack];
  const reader = frames(track, { maxBufferSize: 50 });
  const pictures = reader[Symbol.asyncIterator]();
  const next = async (): Promise<Buffer> => {
    const picture = pictures.next();
    await clock.advance(1000 / mode.frameRate);
    return (await picture).value as Buffer;
  };
  return { handle, next };
}

const pixelOf = (picture: Buffer, index: number) => [...picture.subarray(index * 4, index * 4 + 4)];

/** A tenth of a second of what a microphone hears, each channel by itself. */
async function heard(content: AudioContent, { channelCount = 1, defaultSampleRate = 8000 } = {}) {
  const devices = machineRoom();
  devices.addMicrophone({ content, channelCount, defaultSampleRate });
  const stream = await devices.mediaDevices.getUserMedia({ audio: { channelCount } });
  const [track] = stream.getAudioTracks() as [MediaStreamTrack];
  const reader = pcm(track, { format: "f32", frameSize: defaultSampleRate / 10 });
  const chunk = reader[Symbol.asyncIterator]().next();
  await clock.advance(200);
  const { buffer, byteOffset, byteLength } = (await chunk).value as Buffer;
  const samples = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  return Array.from({ length: channelCount }, (_, channel) =>
    samples.filter((_sample, index) => index % channelCount === channel),
  );
}

test("a colour fills the picture, and show() changes what the camera sees", async () => {
  const { handle, next } = await camera(color("#204060"));
  const picture = await next();
  expect(picture.length).toBe(4 * 2 * 4);
  expect([pixelOf(picture, 0), pixelOf(picture, 7)]).toEqual(
    Array.from({ length: 2 }, () => [0x20, 0x40, 0x60, 255]),
  );
  handle.show(color("#ffffff"));
  // One that was taken before may wait still.
  await next();
  expect(pixelOf(await next(), 3)).toEqual([255, 255, 255, 255]);
  expect(() => color("red")).toThrow(/write it as "#rrggbb"/);
});

test("an image is stretched over the picture by its nearest pixels", async () => {
  const [red, blue] = [
    [255, 0, 0, 255],
    [0, 0, 255, 255],
  ];
  const data = Uint8ClampedArray.from([red, blue].flat() as number[]);
  const { next } = await camera(image({ width: 2, height: 1, data }));
  const picture = await next();
  expect([0, 1, 2, 3, 4].map((index) => pixelOf(picture, index))).toEqual([
    red,
    red,
    blue,
    blue,
    red,
  ]);
  expect(() => image({ width: 2, height: 2, data })).toThrow(/has 16 RGBA bytes; data has 8/);
});

test("a video file's pictures come in their order, and over again", async () => {
  const folder = temporaryFolder();
  const options = { name: "clip.y4m", size: "16x8", frameRate: 10, seconds: 0.3 } as const;
  const path = makeMediaFile(folder, { ...options, tracks: "video" });
  const content = await videoFile(path);
  expect(content.size).toEqual({ width: 16, height: 8, frameRate: 10 });
  const { next } = await camera(content, content.size);
  const seen: Buffer[] = [];
  for (let count = 0; count < 6; count++) seen.push(await next());
  const [once, again] = [seen.slice(0, 3), seen.slice(3)].map((some) => Buffer.concat(some));
  expect(again).toEqual(once);
  const decode = ["-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgba", "-"];
  const decoded = execFileSync("ffmpeg", decode);
  const off = [...(once ?? [])].map((value, index) => Math.abs(value - (decoded[index] ?? 0)));
  // Two conversions of YUV to RGB, of which FFmpeg's interpolates the colours.
  expect(off.length).toBe(decoded.length);
  expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(16);
  await expect(videoFile(import.meta.filename)).rejects.toThrow(/is no Y4M file/);
});

test("a function draws each picture that is asked for", async () => {
  const asked: number[] = [];
  const { next } = await camera(({ index, width, height, timestamp, duration }) => {
    asked.push(index);
    const data = new Uint8Array(width * height * 4).fill(index);
    const shape = { format: "RGBA", codedWidth: width, codedHeight: height } as const;
    return new VideoFrame(data, { ...shape, timestamp, duration });
  });
  const first = await next();
  const second = await next();
  expect((second[0] ?? 0) - (first[0] ?? 0)).toBe(1);
  expect(asked.length).toBeGreaterThanOrEqual(2);
});

test("a tone has its frequency and level, silence is silent, in every channel", async () => {
  const [left, right] = await heard(tone(1000, 0.25), { channelCount: 2 });
  const expected = Float32Array.from({ length: 800 }, (_, i) => 0.25 * Math.sin((Math.PI * i) / 4));
  expect(left?.length).toBe(800);
  for (const [index, value] of expected.entries()) expect(left?.[index]).toBeCloseTo(value, 4);
  expect(right).toEqual(left);
  expect((await heard(silence()))[0]?.every((sample) => sample === 0)).toBe(true);
});

test("a sound file is heard from its start, and over again; a channel more is a copy", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "words.wav");
  const sine = "sine=frequency=440:sample_rate=8000:duration=0.05";
  execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", sine, path]);
  const [left, right] = await heard(await soundFile(path), { channelCount: 2 });
  const wav = readFileSync(path);
  const data = wav.subarray(wav.indexOf("data") + 8);
  for (let index = 0; index < 800; index++) {
    expect(left?.[index]).toBeCloseTo(data.readInt16LE((index % 400) * 2) / 32_768, 3);
  }
  expect(right).toEqual(left);
  await expect(soundFile(import.meta.filename)).rejects.toThrow(/is no WAV file/);
});

test("a function makes each run of samples that is asked for", async () => {
  const [samples] = await heard(({ index, numberOfFrames, sampleRate, timestamp }) => {
    const data = Float32Array.from({ length: numberOfFrames }, (_, i) => (index + i) / 1000);
    const shape = { format: "f32-planar", numberOfChannels: 1, numberOfFrames } as const;
    return new AudioData({ ...shape, sampleRate, timestamp, data });
  });
  const first = samples?.[0] ?? Number.NaN;
  for (const [index, sample] of (samples ?? []).entries()) {
    expect(sample - first).toBeCloseTo(index / 1000, 4);
  }
});
