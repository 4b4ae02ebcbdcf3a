import { DeviceError, type CodecService, type EncoderEvents } from "../backends/contract.ts";
import type { EncoderConfig } from "../media/encoding.ts";
import type { CaptureProcess } from "./capture-process.ts";
import { chooseEncoder } from "./encoder-choice.ts";
import { EncoderProxies } from "./encoder-proxies.ts";
import { FrameEncoderProxy } from "./frame-encoder-proxy.ts";
import { isNativeInstalled, requireNative } from "./native-package.ts";

/** A process without an encoder is kept this long for the next one. */
const IDLE_MS = 2_000;

/**
 * Encoders for frames that are in the program, all in one capture process without a device: two
 * processes for a recording's sound and picture would cost 80 MB more and gain nothing.
 */
export class CaptureCodecService implements CodecService {
  #running: Promise<Running> | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #opening = 0;

  isSupported(config: EncoderConfig): boolean {
    return isNativeInstalled() && chooseEncoder(config) !== undefined;
  }

  async openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<FrameEncoderProxy> {
    requireNative();
    this.#opening += 1;
    clearTimeout(this.#idleTimer);
    try {
      this.#running ??= this.#start();
      const { process, encoders } = await this.#running;
      const onClosed = (proxy: FrameEncoderProxy) => {
        encoders.delete(proxy);
        void this.#rest();
      };
      return await encoders.open(
        process.nextNumber(),
        (id) => new FrameEncoderProxy(process, id, events, onClosed),
        (proxy) => proxy.open(config),
      );
    } finally {
      this.#opening -= 1;
      void this.#rest();
    }
  }

  /** Ends the process; encoders that are open fail. */
  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const running = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    running?.encoders.failAll(new DeviceError("failed", "The codec service was closed."));
    await running?.process.close();
  }

  async #start(): Promise<Running> {
    const encoders = new EncoderProxies<FrameEncoderProxy>();
    try {
      // Imported when it is needed: a world that encodes nothing begins sooner.
      const { CaptureProcess } = await import("./capture-process.ts");
      const process = await CaptureProcess.start({
        event: (event, payload) => {
          if (event.type === "encoded") encoders.get(event.encoder)?.encoded(event.count);
          else encoders.receive(event, payload);
        },
        gone: (reason) => {
          this.#running = undefined;
          encoders.failAll(reason);
        },
      });
      return { process, encoders };
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
  }

  /** Ends a process that has nothing to do, some time later; until then it keeps nothing alive. */
  async #rest(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    if (running === undefined) return;
    const isIdle = this.#opening === 0 && running.encoders.size === 0;
    running.process.keepAlive(!isIdle);
    clearTimeout(this.#idleTimer);
    if (!isIdle) return;
    this.#idleTimer = setTimeout(() => void this.close(), IDLE_MS);
    this.#idleTimer.unref();
  }
}

interface Running {
  readonly process: CaptureProcess;
  readonly encoders: EncoderProxies<FrameEncoderProxy>;
}
