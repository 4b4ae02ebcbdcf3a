import type { EncoderSession, FrameEncoder } from "../../contract/encoder.ts";
import type { DeviceError } from "../../contract/device-error.ts";

/**
 * An encoder that is opened when the first frame comes, since the frames' shape isn't known before.
 * Calls in the meantime are kept, and made once the encoder is open.
 */
export class FirstFrameEncoder implements EncoderSession {
  readonly #open: () => Promise<FrameEncoder>;
  readonly #failed: (reason: DeviceError) => void;
  readonly #waiting: ((encoder: FrameEncoder) => void)[] = [];
  #opening: Promise<FrameEncoder> | undefined;
  #isClosed = false;

  /** @param open - called once; what it rejects with is given to `failed` */
  constructor(open: () => Promise<FrameEncoder>, failed: (reason: DeviceError) => void) {
    this.#open = open;
    this.#failed = failed;
  }

  /** The first frame has come. Does nothing after that. */
  begin(): void {
    if (this.#isClosed || this.#opening !== undefined) return;
    this.#opening = this.#open();
    this.#opening.then(
      (encoder) => this.#waiting.splice(0).forEach((tell) => tell(encoder)),
      (reason: DeviceError) => this.#failed(reason),
    );
  }

  setEnabled(enabled: boolean): void {
    this.#tell((encoder) => encoder.setEnabled(enabled));
  }

  setPaused(paused: boolean): void {
    this.#tell((encoder) => encoder.setPaused(paused));
  }

  requestKeyFrame(): void {
    this.#tell((encoder) => encoder.requestKeyFrame());
  }

  /** Where no frame has come, none is to come out. */
  async flush(): Promise<void> {
    await this.#ask((encoder) => encoder.flush());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#ask((encoder) => encoder.close());
  }

  /** Keeps the order of calls, before the encoder is open and after. */
  #tell(tell: (encoder: FrameEncoder) => void): void {
    if (this.#opening === undefined) this.#waiting.push(tell);
    else void this.#opening.then(tell, () => undefined);
  }

  /** In its place among the calls of `#tell`; undefined where no frame came. */
  #ask(ask: (encoder: FrameEncoder) => Promise<void>): Promise<void> | undefined {
    return this.#opening?.then(ask, () => undefined);
  }
}
