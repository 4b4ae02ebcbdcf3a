import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AudioEncoderConfig } from "../../../../../src/media/encoding.ts";
import type { RecordingTarget } from "../../../../../src/sinks/recorder/recording-target.ts";
import { WavMuxer } from "../../../../../src/sinks/recorder/muxing/wav-muxer.ts";
import { RecordedData } from "../../../../../src/web/recorder/recorded-data.ts";
import { systemClock } from "../../../../../src/engine/clock/system-clock.ts";
import { headerDuration } from "../../../../support/header-duration.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";

const config: AudioEncoderConfig = {
  kind: "audio",
  codec: "pcm-s16",
  sampleRate: 48_000,
  numberOfChannels: 1,
  bitrate: 768_000,
};
const chunk = { type: "key", timestamp: 0, duration: 20_000, data: new Uint8Array(1_920) } as const;

/** A file of which only the header and the length are kept: the rest is zeros. */
class SparseFile implements RecordingTarget {
  readonly isFile = true;
  header: Uint8Array = new Uint8Array();
  bytes = 0;
  largest = 0;

  write(bytes: Uint8Array): void {
    if (this.bytes === 0) this.header = bytes;
    this.bytes += bytes.byteLength;
    this.largest = Math.max(this.largest, bytes.byteLength);
  }

  async patch(bytes: Uint8Array): Promise<void> {
    this.header = bytes;
  }

  async save(): Promise<string> {
    const file = join(temporaryFolder(), "sparse.wav");
    await writeFile(file, this.header);
    await truncate(file, this.bytes);
    return file;
  }
}

test("A file of more than 4 GB says how long it is", async () => {
  const target = new SparseFile();
  const muxer = new WavMuxer([{ config }], target);
  await muxer.add(0, chunk, 0);
  const hours = 14;
  await muxer.add(0, chunk, hours * 3_600_000_000);
  await muxer.finalize();
  expect(target.bytes).toBeGreaterThan(2 ** 32);
  // The hole between the two chunks is silence, which isn't made in one piece.
  expect(target.largest).toBeLessThan(100_000);
  expect(await headerDuration(await target.save())).toBeCloseTo(hours * 3_600 + 0.02, 2);
});

test("One Blob of all data has a true header", async () => {
  const data = new RecordedData(systemClock, undefined, () => {});
  const muxer = new WavMuxer([{ config }], data);
  await muxer.add(0, chunk, 0);
  await muxer.finalize();
  const bytes = Buffer.concat(data.take().parts);
  expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
});

test("Data that was handed out keeps the bytes that it had", async () => {
  const data = new RecordedData(systemClock, undefined, () => {});
  data.write(Uint8Array.of(1, 2));
  expect(data.take().parts).toEqual([Uint8Array.of(1, 2)]);
  data.write(Uint8Array.of(3, 4, 5));
  await data.patch(Uint8Array.of(9, 9), 0);
  await data.patch(Uint8Array.of(8, 7), 3);
  expect(data.take().parts).toEqual([Uint8Array.of(3, 8, 7)]);
});
