import type { DeviceError } from "../../contract/device-error.ts";
import type { EncoderEvents, EncoderSession } from "../../contract/encoder.ts";
import type { BesideConfig } from "../../media/encoding.ts";
import type { CaptureProcess, ProcessEvent } from "./capture-process.ts";

const OPEN_TIMEOUT_MS = 20_000;
const FLUSH_TIMEOUT_MS = 60_000;

/** The program's end of an encoder in a capture process. */
export class EncoderProxy implements EncoderSession {
  protected readonly process: CaptureProcess;
  protected readonly encoder: number;
  readonly #events: EncoderEvents;
  #isOver = false;

  constructor(process: CaptureProcess, encoder: number, events: EncoderEvents) {
    this.process = process;
    this.encoder = encoder;
    this.#events = events;
  }

  /**
   * @param device whose frames it encodes; without it, those that the program hands to it
   * @throws DeviceError
   */
  async open(config: BesideConfig, device?: number): Promise<void> {
    const source = device === undefined ? {} : { device };
    const { encoder } = this;
    const request = { type: "openEncoder", encoder, config, ...source } as const;
    await this.process.request(request, OPEN_TIMEOUT_MS);
  }

  setEnabled(enabled: boolean): void {
    this.process.notify({ type: "setEnabled", encoder: this.encoder, enabled });
  }

  setPaused(paused: boolean): void {
    this.process.notify({ type: "setPaused", encoder: this.encoder, paused });
  }

  requestKeyFrame(): void {
    this.process.notify({ type: "requestKeyFrame", encoder: this.encoder });
  }

  async flush(): Promise<void> {
    if (this.#isOver) return;
    await this.process.request({ type: "flush", encoder: this.encoder }, FLUSH_TIMEOUT_MS);
  }

  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const closed = this.process.request({ type: "closeEncoder", encoder: this.encoder }, 10_000);
    // A process that is gone has closed it too.
    await closed.catch(() => undefined);
  }

  /** Gives what is encoded already, and is closed then. */
  async finish(): Promise<void> {
    try {
      await this.flush();
    } finally {
      this.#isOver = true;
    }
  }

  chunk(event: Extract<ProcessEvent, { type: "chunk" }>, data: Uint8Array): void {
    if (this.#isOver) return;
    const { key, timestamp, duration, decoderConfig, size } = event;
    const type = key ? "key" : "delta";
    const chunk = { type, timestamp, duration, data, ...(size && { size }) } as const;
    if (decoderConfig === undefined) {
      this.#events.chunk(chunk);
      return;
    }
    const { codec, description } = decoderConfig;
    const bytes = description && {
      description: Uint8Array.from(Buffer.from(description, "base64")),
    };
    this.#events.chunk({ ...chunk, decoderConfig: { codec, ...bytes } });
  }

  leftOut({ discarded, lost }: Extract<ProcessEvent, { type: "leftOut" }>): void {
    if (!this.#isOver) this.#events.leftOut?.({ discarded, lost });
  }

  fail(reason: DeviceError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.error(reason);
  }
}
