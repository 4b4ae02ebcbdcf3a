import type { MediaKind } from "../../engine/contract.ts";

/** Target bitrates of a recorder, in bits per second; for all tracks of a kind together. */
export interface Bitrates {
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
}

export const defaultBitrates: Bitrates = {
  videoBitsPerSecond: 2_500_000,
  audioBitsPerSecond: 128_000,
};

/** Opus is transparent for speech and music here; more would be better spent on the picture. */
const maximumAudioShare = 160_000;

/**
 * Splits `bitsPerSecond` between the kinds that are recorded (both, as long as nobody knows).
 *
 * @see https://w3c.github.io/mediacapture-record/#dom-mediarecorder-mediarecorder
 */
export function distributeBitrate(
  bitsPerSecond: number,
  kinds: readonly MediaKind[] = ["audio", "video"],
): Bitrates {
  if (!kinds.includes("video")) {
    return { videoBitsPerSecond: 0, audioBitsPerSecond: bitsPerSecond };
  }
  if (!kinds.includes("audio")) {
    return { videoBitsPerSecond: bitsPerSecond, audioBitsPerSecond: 0 };
  }
  const audio = Math.min(Math.max(Math.round(bitsPerSecond / 10), 6_000), maximumAudioShare);
  return {
    videoBitsPerSecond: Math.max(bitsPerSecond - audio, 1_000),
    audioBitsPerSecond: audio,
  };
}
