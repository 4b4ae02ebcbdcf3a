import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const TEXT =
  "The north wind and the sun were disputing which was the stronger, when a traveller came along " +
  "wrapped in a warm cloak. They agreed that the one who first succeeded in making the traveller " +
  "take his cloak off should be considered stronger than the other.";

/** Hz */
export const SPEECH_RATE = 48_000;

/** Seconds of quiet before and after what is said. */
export const QUIET_S = 3;

/** Somebody speaks, mono, after {@link QUIET_S} seconds and with as many at the end. */
export function makeSpeech(folder: string, { text = TEXT, voice = "en" } = {}): Float32Array {
  const said = join(folder, "said.wav");
  const raw = join(folder, "speech.f32");
  execFileSync("espeak-ng", ["-v", voice, "-s", "150", "-w", said, text]);
  const filter = `aresample=${SPEECH_RATE},adelay=${QUIET_S * 1000},apad=pad_dur=${QUIET_S}`;
  const output = ["-ac", "1", "-f", "f32le", raw];
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", said, "-af", filter, ...output]);
  return floatsOf(readFileSync(raw));
}

/** A WAV file of these samples, 16 bit, mono. */
export function writeSpeech(folder: string, name: string, samples: Float32Array): string {
  const path = join(folder, name);
  const raw = ["-f", "f32le", "-ar", String(SPEECH_RATE), "-ac", "1", "-i", "pipe:0"];
  const input = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  execFileSync("ffmpeg", ["-v", "error", "-y", ...raw, "-c:a", "pcm_s16le", path], { input });
  return path;
}

export function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice(0, bytes.length - (bytes.length % 4)).buffer);
}

/** Decibels of full scale. */
export function levelDb(samples: Float32Array): number {
  return 10 * Math.log10(meanSquare(samples) + 1e-12);
}

const BLOCK = SPEECH_RATE / 100;

/** The blocks of 10 ms in which `clean` speaks, and those that are at least 0.2 s from any sound. */
export function partsOf(clean: Float32Array): { speech: number[]; pauses: number[] } {
  const levels: number[] = [];
  for (let start = 0; start + BLOCK <= clean.length; start += BLOCK) {
    levels.push(Math.sqrt(meanSquare(clean.subarray(start, start + BLOCK))));
  }
  const indices = levels.map((_level, index) => index);
  const isQuiet = (index: number): boolean =>
    levels.slice(Math.max(0, index - 20), index + 20).every((level) => level < 1e-4);
  return {
    speech: indices.filter((index) => (levels[index] ?? 0) > 0.02),
    // What processes sound needs a second to know the noise.
    pauses: indices.filter((index) => index >= 100 && isQuiet(index)),
  };
}

/** The level of these blocks of `samples`, dB of full scale. */
export function blocksDb(samples: Float32Array, blocks: readonly number[]): number {
  const powers = blocks
    .filter((block) => (block + 1) * BLOCK <= samples.length)
    .map((block) => meanSquare(samples.subarray(block * BLOCK, (block + 1) * BLOCK)));
  return 10 * Math.log10(powers.reduce((sum, power) => sum + power, 0) / powers.length + 1e-12);
}

/** Noise of this level (dB of full scale), the same each time: `"white"`, or low as traffic is. */
export function makeNoise(length: number, kind: "white" | "low", level: number): Float32Array {
  let seed = 1;
  let low = 0;
  const noise = Float32Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const white = seed / 2 ** 31 - 1;
    low = 0.98 * low + 0.02 * white;
    return kind === "white" ? white : 5 * low + 0.1 * white;
  });
  const gain = 10 ** ((level - levelDb(noise)) / 20);
  return noise.map((sample) => sample * gain);
}

export function meanSquare(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}
