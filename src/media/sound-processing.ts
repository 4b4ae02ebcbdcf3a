/** What is done to the sound of a microphone; each is the constrainable property of its name. */
export interface SoundProcessing {
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}

/**
 * Seconds by which processed sound comes later: a block is collected, and overlaps the next one.
 */
export const PROCESSING_LATENCY = 0.02;
