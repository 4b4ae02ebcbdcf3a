import { DeviceError } from "../../contract/device-error.ts";
import { type EncoderEvents, type FrameEncoder } from "../../contract/encoder.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import { CaptureProcess } from "./capture-process.ts";
import { EncoderProxies } from "./encoder-proxies.ts";
import { FrameEncoderProxy } from "./frame-encoder-proxy.ts";

/** A capture process without a device, and its encoders. */
export class CodecProcess {
  readonly #process: CaptureProcess;
  readonly #encoders: EncoderProxies<FrameEncoderProxy>;

  private constructor(process: CaptureProcess, encoders: EncoderProxies<FrameEncoderProxy>) {
    this.#process = process;
    this.#encoders = encoders;
  }

  /** @param gone - called when the process ends by itself; its encoders fail then */
  static async start(gone: () => void): Promise<CodecProcess> {
    const encoders = new EncoderProxies<FrameEncoderProxy>();
    const process = await CaptureProcess.start({
      event: (event, payload) => {
        if (event.type === "encoded") encoders.get(event.encoder)?.encoded(event.count);
        else encoders.receive(event, payload);
      },
      gone: (reason) => {
        gone();
        encoders.failAll(reason);
      },
    });
    return new CodecProcess(process, encoders);
  }

  get isIdle(): boolean {
    return this.#encoders.size === 0;
  }

  async openEncoder(
    config: EncoderConfig,
    events: EncoderEvents,
    closed: () => void,
  ): Promise<FrameEncoder> {
    const onClosed = (proxy: FrameEncoderProxy): void => {
      this.#encoders.delete(proxy);
      closed();
    };
    return await this.#encoders.open(
      this.#process.nextNumber(),
      (id) => new FrameEncoderProxy(this.#process, id, events, onClosed),
      (proxy) => proxy.open(config),
    );
  }

  keepAlive(isNeeded: boolean): void {
    this.#process.keepAlive(isNeeded);
  }

  /** Ends the process; encoders that are open fail. */
  async close(): Promise<void> {
    this.#encoders.failAll(new DeviceError("failed", "The codec service was closed."));
    await this.#process.close();
  }
}
