import { expect, test } from "vitest";
import { CaptureCodecService } from "../../src/capture-process/program/codec-service.ts";
import { AudioData } from "../../src/media/audio-data.ts";
import type { EncodedChunk } from "../../src/media/encoding.ts";
import { AudioPlacement } from "../../src/sinks/recorder/audio-placement.ts";
import { times, TIMEOUT_MS } from "./extent.ts";

const RATE = 48_000;
/** Samples in a block that the card gives. */
const BLOCK = 4_800;
const BEEP_EVERY_S = 30;
const LENGTH_S = times(3_600, 300);
/** Blocks that wait for the encoder at most. */
const QUEUE = 16;

/** Waits until the encoder has worked off what waits. */
async function untilRoom(encoder: { readonly encodeQueueSize: number }): Promise<void> {
  while (encoder.encodeQueueSize > QUEUE) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * What a card hears whose clock is so far off: beeps of 10 ms at whole multiples of half a minute
 * of the machine's clock, with time stamps of that clock that come up to 5 ms late.
 */
function block(index: number, cardRate: number): AudioData {
  const first = index * BLOCK;
  const samples = new Int16Array(BLOCK);
  for (let at = 0; at < BLOCK; at++) {
    const timeS = (first + at) / cardRate;
    if (timeS % BEEP_EVERY_S < 0.01) samples[at] = at % 2 === 0 ? 12_000 : -12_000;
  }
  const lateUs = (index * 7_919) % 5_000;
  return new AudioData({
    format: "s16",
    sampleRate: RATE,
    numberOfFrames: BLOCK,
    numberOfChannels: 1,
    timestamp: Math.round((first / cardRate) * 1e6) + lateUs,
    data: samples,
  });
}

/** When beeps begin in a recording that is made of these chunks, s. */
class BeepTimes {
  readonly starts: number[] = [];
  readonly #placement = new AudioPlacement();
  #lastS = -Infinity;

  add({ data, duration, timestamp }: EncodedChunk): void {
    const placedUs = this.#placement.place(timestamp, duration);
    if (placedUs === undefined) return;
    const samples = new Int16Array(Uint8Array.from(data).buffer);
    for (const [index, sample] of samples.entries()) {
      if (Math.abs(sample) < 3_000) continue;
      const timeS = placedUs / 1e6 + index / RATE;
      if (timeS - this.#lastS > 1) this.starts.push(timeS);
      this.#lastS = timeS;
    }
  }
}

test.each([-500, 500])(
  "a sound card whose clock is %i ppm off is recorded within 20 ms of its time, for an hour",
  { timeout: TIMEOUT_MS },
  async (partsPerMillion) => {
    const service = new CaptureCodecService();
    const cardRate = RATE * (1 + partsPerMillion / 1e6);
    const beeps = new BeepTimes();
    const encoder = await service.openEncoder(
      { kind: "audio", codec: "pcm-s16", sampleRate: RATE, numberOfChannels: 1, bitrate: 768_000 },
      {
        chunk: (chunk) => beeps.add(chunk),
        error: (reason) => {
          throw reason;
        },
      },
    );
    const blocks = Math.floor((LENGTH_S * cardRate) / BLOCK);
    for (let index = 0; index < blocks; index++) {
      encoder.encode(block(index, cardRate));
      await untilRoom(encoder);
    }
    await encoder.flush();
    await encoder.close();
    await service.close();
    const errorsMs = beeps.starts.map((startS) => {
      const dueS = Math.round(startS / BEEP_EVERY_S) * BEEP_EVERY_S;
      return (startS - dueS) * 1000;
    });
    const worst = Math.max(...errorsMs.map(Math.abs));
    console.log(`${partsPerMillion} ppm: ${beeps.starts.length} beeps, ${worst.toFixed(1)} ms off`);
    expect(beeps.starts).toHaveLength(LENGTH_S / BEEP_EVERY_S);
    expect(worst).toBeLessThan(20);
  },
);
