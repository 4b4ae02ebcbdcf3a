/** A measurement of where the stream stands. */
export interface LatencyMeasurement {
  /** Frames that have come out of the device, counted like those received. */
  readonly frame: number;
  /** µs on the monotonic clock at which that frame was captured. */
  readonly capturedUs: number;
}

/** Beyond this a measurement is no drift: the device stopped, or the server lost samples. */
const GAP_US = 50_000;
/** How much of a measured difference is taken over at once; the rest is jitter. */
const GAIN = 0.1;
/** And at most this, so that successive blocks never visibly overlap. */
const MAX_STEP_US = 500;

/**
 * Gives each captured frame its time. Successive blocks follow each other without a gap; the
 * device's clock, which drifts against the system's, is followed slowly.
 */
export class CaptureClock {
  readonly #frameUs: number;
  /** The time of frame 0, if everything had run as it does now. */
  #originUs: number | undefined;

  constructor(sampleRate: number) {
    this.#frameUs = 1_000_000 / sampleRate;
  }

  /** False until the first {@link measure}. */
  get running(): boolean {
    return this.#originUs !== undefined;
  }

  measure({ frame, capturedUs }: LatencyMeasurement): void {
    const originUs = capturedUs - frame * this.#frameUs;
    const errorUs = originUs - (this.#originUs ?? Number.NaN);
    if (Math.abs(errorUs) <= GAP_US && this.#originUs !== undefined) {
      this.#originUs += Math.max(-MAX_STEP_US, Math.min(MAX_STEP_US, errorUs * GAIN));
    } else {
      this.#originUs = originUs;
    }
  }

  /** Forgets what it knows: the device paused. */
  reset(): void {
    this.#originUs = undefined;
  }

  /** µs on the monotonic clock at which frame number `frame` was captured. */
  timestampUs(frame: number): number {
    return Math.round((this.#originUs ?? 0) + frame * this.#frameUs);
  }
}
