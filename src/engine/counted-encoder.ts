import type { EncoderSession } from "../backends/contract.ts";
import type { SoundProcessing } from "../media/sound-processing.ts";

/** An encoder that tells when it is closed. */
export class CountedEncoder implements EncoderSession {
  readonly #encoder: EncoderSession;
  #closed: (() => void) | undefined;

  constructor(encoder: EncoderSession, closed: () => void) {
    this.#encoder = encoder;
    this.#closed = closed;
  }

  setEnabled(enabled: boolean): void {
    this.#encoder.setEnabled(enabled);
  }

  setPaused(paused: boolean): void {
    this.#encoder.setPaused(paused);
  }

  setProcessing(processing: SoundProcessing | undefined): void {
    this.#encoder.setProcessing?.(processing);
  }

  requestKeyFrame(): void {
    this.#encoder.requestKeyFrame();
  }

  async flush(): Promise<void> {
    await this.#encoder.flush();
  }

  async close(): Promise<void> {
    try {
      await this.#encoder.close();
    } finally {
      this.#closed?.();
      this.#closed = undefined;
    }
  }
}
