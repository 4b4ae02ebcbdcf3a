import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  AudioData,
  frames,
  ImageCapture,
  MediaRecorder,
  MediaStream,
  MediaStreamTrackGenerator,
  VideoFrame,
  VideoTrackGenerator,
} from "../../src/index.ts";
import { packetsOf, probe } from "../support/probe.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Records until the program has written everything; a file of it. */
async function recordWhile(
  recorder: MediaRecorder,
  write: () => Promise<void>,
): Promise<{ file: string }> {
  const data = once(recorder, "dataavailable") as Promise<[{ data: Blob }]>;
  recorder.start();
  await once(recorder, "start");
  await write();
  const [{ data: blob }] = await data;
  const file = join(temporaryFolder(), "generated");
  await writeFile(file, Buffer.from(await blob.arrayBuffer()));
  return { file };
}

function pictureOf(width: number, height: number, index: number): VideoFrame {
  const data = new Uint8Array(width * height * 4).fill(index * 8);
  const timestamp = 1_000_000 + index * 40_000;
  return new VideoFrame(data, {
    format: "RGBA",
    codedWidth: width,
    codedHeight: height,
    timestamp,
  });
}

test("Pictures that a program makes are recorded", async () => {
  const { track, writable } = new VideoTrackGenerator();
  const writer = writable.getWriter();
  await writer.write(pictureOf(64, 48, 0));
  const recorder = new MediaRecorder(new MediaStream([track]));
  const { file } = await recordWhile(recorder, async () => {
    for (let index = 1; index <= 20; index += 1) {
      await writer.write(pictureOf(64, 48, index));
      await pause(2);
    }
    await writer.close();
  });
  const packets = await packetsOf(file, "v");
  expect(packets.length).toBeGreaterThan(15);
  expect(packets.at(-1)?.ptsS).toBeCloseTo((packets.length - 1) * 0.04, 1);
});

test.each(["video/webm", "video/mp4"])(
  "A recording to %s that starts before the first picture has its size",
  async (mimeType) => {
    const { track, writable } = new VideoTrackGenerator();
    const writer = writable.getWriter();
    const recorder = new MediaRecorder(new MediaStream([track]), { mimeType });
    const { file } = await recordWhile(recorder, async () => {
      for (let index = 0; index < 10; index += 1) {
        await writer.write(pictureOf(800, 600, index));
        await pause(2);
      }
      await writer.close();
    });
    const { streams } = await probe(file);
    expect(streams[0]).toMatchObject({ width: 800, height: 600 });
    expect((await packetsOf(file, "v")).length).toBeGreaterThan(7);
  },
);

test("A recording that stops before the first picture ends well", async () => {
  const { track } = new VideoTrackGenerator();
  const recorder = new MediaRecorder(new MediaStream([track]));
  const { file } = await recordWhile(recorder, async () => recorder.stop());
  expect(file).toContain("generated");
});

test("Photos and JPEG frames that are asked for before the first picture have its size", async () => {
  const { track, writable } = new VideoTrackGenerator();
  const writer = writable.getWriter();
  const photo = new ImageCapture(track).takePhoto();
  const reader = frames(track, { format: "jpeg" });
  const first = reader[Symbol.asyncIterator]().next();
  for (let index = 0; index < 5; index += 1) {
    await writer.write(pictureOf(800, 600, index));
    await pause(2);
  }
  expect((await first).value).toMatchObject({ width: 800, height: 600 });
  const file = join(temporaryFolder(), "photo.jpg");
  await writeFile(file, Buffer.from(await (await photo).arrayBuffer()));
  expect((await probe(file)).streams[0]).toMatchObject({ width: 800, height: 600 });
  reader.destroy();
  await writer.close();
});

test.each([
  ["audio/wav", 2],
  ["audio/webm", 2],
  ["audio/mp4", 2],
  ["audio/wav", 6],
  ["audio/webm", 6],
  ["audio/ogg", 6],
  ["audio/mp4", 6],
])(
  "Sound that a program makes is recorded to %s with its %i channels",
  async (mimeType, channels) => {
    const track = new MediaStreamTrackGenerator({ kind: "audio" });
    const writer = track.writable.getWriter();
    const recorder = new MediaRecorder(new MediaStream([track]), { mimeType });
    const { file } = await recordWhile(recorder, async () => {
      for (let index = 0; index < 50; index += 1) {
        const data = new Float32Array(480 * channels);
        const shape = { format: "f32-planar", sampleRate: 48_000, numberOfFrames: 480 } as const;
        const timestamp = index * 10_000;
        await writer.write(
          new AudioData({ ...shape, numberOfChannels: channels, timestamp, data }),
        );
      }
      await writer.close();
    });
    const { streams, durationS } = await probe(file);
    expect(streams[0]?.channels).toBe(channels);
    expect(durationS).toBeGreaterThan(0.45);
  },
);
