import type { EncoderSession } from "../../contract/encoder.ts";
import type { HostedEncoder } from "../track/track-host.ts";

/** The encoders that run beside a device's capture. */
export class SessionEncoders {
  readonly #changed: () => void;
  /** Replaced when the session is over, so that encoders of an old one don't count. */
  #open = new Set<object>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  async add(opening: Promise<EncoderSession>): Promise<HostedEncoder> {
    const open = this.#open;
    open.add(opening);
    this.#changed();
    const closed = (): void => {
      open.delete(opening);
      this.#changed();
    };
    try {
      return { session: await opening, closed };
    } catch (error) {
      closed();
      throw error;
    }
  }

  clear(): void {
    this.#open = new Set();
  }
}
