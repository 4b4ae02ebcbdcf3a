/** Flash and beep begin with each whole second of the monotonic clock and last this long. */
const SIGNAL_US = 100_000;

/** True while a picture taken now shows the flash, and a sample taken now is part of the beep. */
export function isSignalled(timestampUs: number): boolean {
  return timestampUs % 1_000_000 < SIGNAL_US;
}

/** Samples of the beep, of a second that has `sampleRate` of them. */
export function beepLength(sampleRate: number): number {
  return (sampleRate * SIGNAL_US) / 1_000_000;
}
