import {
  DeviceError,
  type DeviceConfiguration,
  type DeviceEvents,
  type DeviceSession,
  type EncoderEvents,
  type EncoderSession,
} from "../backends/contract.ts";
import type { EncoderConfig } from "../media/encoding.ts";
import { CaptureProcess, type ProcessEvent } from "./capture-process.ts";
import { EncoderProxies } from "./encoder-proxies.ts";
import { EncoderProxy } from "./encoder-proxy.ts";
import { frameFromWire } from "./frame-from-wire.ts";
import { requireNative } from "./native-package.ts";
import type { InputSpec } from "./wire/command.ts";

/** How a backend has its devices opened. */
export interface CaptureOptions {
  /** How FFmpeg opens the device in a configuration. */
  readonly inputOf: (configuration: DeviceConfiguration) => InputSpec;
  /** µs: the moment that a file's first frame belongs to. Asked when the session starts. */
  readonly epochUs?: () => number;
  /** The capture process's environment. Default: the program's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called once, when the session is over, however that came. */
  readonly onOver?: () => void;
}

const OPEN_TIMEOUT_MS = 15_000;

/** An open device whose driver runs in a capture process of its own. */
export class CaptureSession implements DeviceSession {
  readonly #options: CaptureOptions;
  readonly #encoders = new EncoderProxies<EncoderProxy>();
  #process: CaptureProcess | undefined;
  #configuration: DeviceConfiguration;
  #events: DeviceEvents | undefined;
  #reason: DeviceError | undefined;
  #isOver = false;
  #isWanted = false;

  private constructor(configuration: DeviceConfiguration, options: CaptureOptions) {
    this.#configuration = configuration;
    this.#options = options;
  }

  /** @throws DeviceError */
  static async open(
    configuration: DeviceConfiguration,
    options: CaptureOptions,
  ): Promise<CaptureSession> {
    requireNative();
    const input = options.inputOf(configuration);
    const session = new CaptureSession(configuration, options);
    const events = {
      event: (event: ProcessEvent, payload: Uint8Array) => session.#receive(event, payload),
      gone: (reason: DeviceError) => session.#end(reason),
    };
    const process = await CaptureProcess.start(events, options.env);
    session.#process = process;
    try {
      const opened = await process.request({ type: "open", input, configuration }, OPEN_TIMEOUT_MS);
      session.#configuration = opened as DeviceConfiguration;
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  get configuration(): DeviceConfiguration {
    return this.#configuration;
  }

  /** The process that holds the device. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(events: DeviceEvents): void {
    this.#events = events;
    if (this.#reason !== undefined) {
      events.ended(this.#reason);
      return;
    }
    const epochUs = this.#options.epochUs?.();
    this.#process?.notify({ type: "start", ...(epochUs !== undefined && { epochUs }) });
  }

  wantFrames(wanted: boolean): void {
    this.#isWanted = wanted;
    this.#process?.notify({ type: "wantFrames", wanted });
  }

  async reconfigure(configuration: DeviceConfiguration): Promise<void> {
    const process = this.#running();
    const input = this.#options.inputOf(configuration);
    const request = { type: "reconfigure", input, configuration } as const;
    this.#configuration = (await process.request(request, OPEN_TIMEOUT_MS)) as DeviceConfiguration;
  }

  async openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<EncoderSession> {
    const process = this.#running();
    return await this.#encoders.open(
      (id) => new EncoderProxy(process, id, events),
      (proxy) => proxy.open(config, "device"),
    );
  }

  async close(): Promise<void> {
    this.#over();
    await this.#process?.close();
  }

  #running(): CaptureProcess {
    if (this.#process === undefined || this.#isOver) {
      throw this.#reason ?? new DeviceError("failed", "The device is closed.");
    }
    return this.#process;
  }

  #receive(event: ProcessEvent, payload: Uint8Array): void {
    if (this.#isOver) return;
    if (event.type === "frame") this.#frame(event.frame, payload);
    else if (event.type === "muted") this.#events?.muted(event.muted);
    else if (event.type === "ended") {
      const { code, message } = event.error;
      void this.#deviceEnded(new DeviceError(code, message));
    } else this.#encoders.receive(event, payload);
  }

  #frame(header: Extract<ProcessEvent, { type: "frame" }>["frame"], payload: Uint8Array): void {
    if (!this.#isWanted || this.#events === undefined) return;
    this.#events.frame(frameFromWire(header, payload));
  }

  /** The device is gone, its process not: what was captured comes out of the encoders first. */
  async #deviceEnded(reason: DeviceError): Promise<void> {
    this.#reason = reason;
    await this.#encoders.finishAll();
    void this.#process?.close();
    this.#end(reason);
  }

  #end(reason: DeviceError): void {
    if (this.#isOver) return;
    this.#reason = reason;
    this.#over();
    this.#encoders.failAll(reason);
    this.#events?.ended(reason);
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onOver?.();
  }
}
