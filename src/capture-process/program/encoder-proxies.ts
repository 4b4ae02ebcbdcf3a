import { DeviceError } from "../../contract/device-error.ts";
import type { EncoderEvents, EncoderSession, FrameEncoder } from "../../contract/encoder.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { BesideConfig, PictureView } from "../../media/encoding.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { CaptureProcess, ProcessEvent } from "./capture-process.ts";
import { frameToWire } from "./wire-frame.ts";

const OPEN_TIMEOUT_MS = 20_000;
const FLUSH_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_MS = 10_000;

/** The program's end of an encoder in a capture process. */
class EncoderProxy implements EncoderSession {
  protected readonly process: CaptureProcess;
  protected readonly encoder: number;
  readonly #events: EncoderEvents;
  readonly #onOver: () => void;
  #isOver = false;

  /** @param onOver called once, when it is closed or has failed */
  constructor(process: CaptureProcess, encoder: number, events: EncoderEvents, onOver: () => void) {
    this.process = process;
    this.encoder = encoder;
    this.#events = events;
    this.#onOver = onOver;
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
    const closed = this.process.request(
      { type: "closeEncoder", encoder: this.encoder },
      CLOSE_TIMEOUT_MS,
    );
    // A process that is gone has closed it too.
    await closed.catch(() => undefined);
    this.#onOver();
  }

  /** Gives what is encoded already, and is closed then. */
  async finish(): Promise<void> {
    try {
      await this.flush();
    } finally {
      this.#isOver = true;
      this.#onOver();
    }
  }

  /** Takes what concerns this encoder. */
  receive(event: ProcessEvent, payload: Uint8Array): void {
    if (!("encoder" in event) || event.encoder !== this.encoder) return;
    if (event.type === "chunk") this.#chunk(event, payload);
    else if (event.type === "leftOut") this.#leftOut(event);
    else if (event.type === "encoderError") {
      this.fail(new DeviceError(event.error.code, event.error.message));
    }
  }

  fail(reason: DeviceError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.error(reason);
    this.#onOver();
  }

  #chunk(event: Extract<ProcessEvent, { type: "chunk" }>, data: Uint8Array): void {
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

  #leftOut({ discarded, lost }: Extract<ProcessEvent, { type: "leftOut" }>): void {
    if (!this.#isOver) this.#events.leftOut?.({ discarded, lost });
  }
}

/** The program's end of an encoder that is beside its device. */
export class DeviceEncoderProxy extends EncoderProxy {
  setView(view: PictureView): void {
    this.process.notify({ type: "setView", encoder: this.encoder, view });
  }

  setProcessing(processing: SoundProcessing | undefined): void {
    const { encoder } = this;
    this.process.notify({ type: "setProcessing", encoder, ...(processing && { processing }) });
  }
}

/** The encoders that are beside one device. */
export class DeviceEncoders {
  readonly #open = new Set<DeviceEncoderProxy>();

  /**
   * @param device whose frames are encoded, by its number in the process
   * @throws DeviceError; then there is no such encoder
   */
  async open(
    process: CaptureProcess,
    device: number,
    config: BesideConfig,
    events: EncoderEvents,
  ): Promise<DeviceEncoderProxy> {
    const forget = () => this.#open.delete(proxy);
    const proxy = new DeviceEncoderProxy(process, process.nextNumber(), events, forget);
    this.#open.add(proxy);
    try {
      await proxy.open(config, device);
      return proxy;
    } catch (error) {
      forget();
      throw error;
    }
  }

  receive(event: ProcessEvent, payload: Uint8Array): void {
    for (const proxy of this.#open) proxy.receive(event, payload);
  }

  /** Has all come out that was encoded, and ends the encoders without an error. Never rejects. */
  async finishAll(): Promise<void> {
    const all = Array.from(this.#open, (proxy) => proxy.finish().catch(() => undefined));
    await Promise.all(all);
  }

  failAll(reason: DeviceError): void {
    for (const proxy of this.#open) proxy.fail(reason);
  }
}

/** An encoder in a capture process that the program hands its frames to. */
export class FrameEncoderProxy extends EncoderProxy implements FrameEncoder {
  #encodeQueueSize = 0;

  get encodeQueueSize(): number {
    return this.#encodeQueueSize;
  }

  encode(frame: VideoFrame | AudioData): void {
    const { header, payload } = frameToWire(frame);
    this.#encodeQueueSize += 1;
    const { encoder } = this;
    this.process.notify({ type: "encode", encoder, frame: header }, payload, () => frame.close());
  }

  override receive(event: ProcessEvent, payload: Uint8Array): void {
    super.receive(event, payload);
    const { encoder } = this;
    if (event.type === "encoded" && event.encoder === encoder) this.#encodeQueueSize -= event.count;
  }
}
