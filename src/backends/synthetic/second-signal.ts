/** Flash and beep begin with each whole second of the monotonic clock and last this long. */
const SIGNAL_US = 100_000;
/** Share of full scale. */
const AMPLITUDE = 0.5;
/** Seconds over which the beep's edges rise and fall, so that they don't click. */
const EDGE = 0.002;

/** True while a picture taken now shows the flash, and a sample taken now is part of the beep. */
export function isSignalled(timestampUs: number): boolean {
  return timestampUs % 1_000_000 < SIGNAL_US;
}

/** Samples of the beep, of a second that has `sampleRate` of them. */
function beepLength(sampleRate: number): number {
  return (sampleRate * SIGNAL_US) / 1_000_000;
}

/** One second of a microphone: a beep, then silence; `s16`, channels interleaved and equal. */
export function beepSecond(
  sampleRate: number,
  numberOfChannels: number,
  frequency: number,
): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(sampleRate * numberOfChannels);
  const length = beepLength(sampleRate);
  for (let frame = 0; frame < length; frame++) {
    const time = frame / sampleRate;
    const edge = Math.min(1, (time + 1 / sampleRate) / EDGE, (length / sampleRate - time) / EDGE);
    const value = Math.cos(2 * Math.PI * frequency * time) * AMPLITUDE * edge;
    samples.fill(
      Math.round(value * 32_767),
      frame * numberOfChannels,
      (frame + 1) * numberOfChannels,
    );
  }
  return samples;
}
