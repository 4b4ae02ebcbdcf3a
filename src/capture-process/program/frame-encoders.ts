import type { EncoderEvents, FrameEncoder } from "../../contract/encoder.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import { FrameEncoderProxy } from "./encoder-proxies.ts";
import { LeasedProcess, type ProcessUser } from "./leased-process.ts";

/** A process without an encoder is kept this long for the next one. */
const IDLE_MS = 2_000;

/**
 * A capture process without a device, and its encoders: two processes for a recording's sound and
 * picture would cost 80 MB more and gain nothing.
 */
export class FrameEncoders {
  readonly #leased = new LeasedProcess({ idleMs: IDLE_MS });

  /** @throws DeviceError */
  async open(config: EncoderConfig, events: EncoderEvents): Promise<FrameEncoder> {
    const user: ProcessUser = {
      event: (event, payload) => proxy?.receive(event, payload),
      gone: (reason) => proxy?.fail(reason),
    };
    let proxy: FrameEncoderProxy | undefined;
    const process = await this.#leased.acquire(user);
    const release = () => this.#leased.release(user, process);
    const opening = new FrameEncoderProxy(process, process.nextNumber(), events, () => {
      void release();
    });
    proxy = opening;
    try {
      await opening.open(config);
      return opening;
    } catch (error) {
      proxy = undefined;
      await release();
      throw error;
    }
  }

  /** Ends the process; encoders that are open fail. */
  async close(): Promise<void> {
    await this.#leased.close();
  }
}
