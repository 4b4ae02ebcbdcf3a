/** Frames that may be missing before a device counts as giving nothing. */
const MISSING_FRAMES = 5;
const AT_LEAST_MS = 1_000;
/** Until the first frame: cameras warm up. */
const START_MS = 5_000;

/** Notices that a driver gives nothing, which none of them reports. */
export class MuteWatchdog {
  readonly #onMuted: (muted: boolean) => void;
  #waitMs = AT_LEAST_MS;
  #timer: NodeJS.Timeout | undefined;
  #isFirst = true;
  #isMuted = false;

  constructor(onMuted: (muted: boolean) => void) {
    this.#onMuted = onMuted;
  }

  start(framesPerSecond: number): void {
    this.#waitMs = Math.max(AT_LEAST_MS, (MISSING_FRAMES * 1000) / framesPerSecond);
    this.#isFirst = true;
    this.#arm(START_MS);
  }

  frame(): void {
    if (this.#isMuted) {
      this.#isMuted = false;
      this.#onMuted(false);
    }
    if (this.#isFirst && this.#timer !== undefined) {
      this.#isFirst = false;
      this.#arm(this.#waitMs);
    } else this.#timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(waitMs: number): void {
    this.stop();
    this.#timer = setTimeout(() => {
      if (this.#isMuted) return;
      this.#isMuted = true;
      this.#onMuted(true);
    }, waitMs);
  }
}
