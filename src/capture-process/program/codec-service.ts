import type { CodecService, EncoderEvents, FrameEncoder } from "../../contract/encoder.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import type { CodecProcess } from "./codec-process.ts";
import { chooseEncoder } from "../encoder-choice.ts";
import { isNativeInstalled, requireNative, whyNativeIsMissing } from "../native-package.ts";

/** A process without an encoder is kept this long for the next one. */
const IDLE_MS = 2_000;

/**
 * Encoders for frames that are in the program, all in one capture process without a device: two
 * processes for a recording's sound and picture would cost 80 MB more and gain nothing.
 */
export class CaptureCodecService implements CodecService {
  #running: Promise<CodecProcess> | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #opening = 0;

  isSupported(config: EncoderConfig): boolean {
    return isNativeInstalled() && chooseEncoder(config) !== undefined;
  }

  get missing(): string | undefined {
    return whyNativeIsMissing();
  }

  async openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<FrameEncoder> {
    requireNative();
    this.#opening += 1;
    clearTimeout(this.#idleTimer);
    try {
      this.#running ??= this.#start();
      const process = await this.#running;
      return await process.openEncoder(config, events, () => void this.#rest());
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
    await running?.close();
  }

  async #start(): Promise<CodecProcess> {
    try {
      // Imported when it is needed: a world that encodes nothing begins sooner.
      const { CodecProcess } = await import("./codec-process.ts");
      return await CodecProcess.start(() => (this.#running = undefined));
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
  }

  /** Ends a process that has nothing to do, some time later; until then it keeps nothing alive. */
  async #rest(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    if (running === undefined) return;
    const isIdle = this.#opening === 0 && running.isIdle;
    running.keepAlive(!isIdle);
    clearTimeout(this.#idleTimer);
    if (!isIdle) return;
    this.#idleTimer = setTimeout(() => void this.close(), IDLE_MS);
    this.#idleTimer.unref();
  }
}
