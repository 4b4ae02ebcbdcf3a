import { safeParse } from "valibot";
import { DeviceError } from "../../contract/device-error.ts";
import { type DeviceConfiguration } from "../../contract/device.ts";
import { type DeviceEvents, type DeviceSession, type LostFrames } from "../../contract/session.ts";
import { type EncoderEvents, type EncoderSession } from "../../contract/encoder.ts";
import type { BesideConfig } from "../../media/encoding.ts";
import type { CaptureProcess, ProcessEvent } from "./capture-process.ts";
import { DeviceEncoders } from "./encoder-proxies.ts";
import { LeasedProcess, type ProcessUser } from "./leased-process.ts";
import { type ChosenSurface, chosenSurface } from "../wire/chosen-surface.ts";
import type { InputSpec } from "../wire/command.ts";
import { deviceConfiguration } from "../wire/device-configuration.ts";
import type { FrameHeader } from "../wire/frame-header.ts";

/** How a backend has its devices opened. */
export interface CaptureOptions {
  /** How FFmpeg opens the device in a configuration. */
  readonly inputOf: (configuration: DeviceConfiguration) => InputSpec;
  /** µs: the moment that a file's first frame belongs to. Asked when the session starts. */
  readonly epochUs?: () => number;
  /** The capture process's environment. Default: the program's. */
  readonly env?: NodeJS.ProcessEnv;
  /** The process of the hardware that the device is a part of. Default: one of its own. */
  readonly process?: LeasedProcess;
  /** Whether a desktop's dialog asks its user first, who may take any time. */
  readonly asksUser?: boolean;
  /** Gives up the opening. */
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the session is over, however that came. */
  readonly onOver?: () => void;
}

const OPEN_TIMEOUT_MS = 15_000;

/** An open device whose driver runs in a capture process. */
export class CaptureSession implements DeviceSession {
  readonly convertsPixels = true;
  readonly #options: CaptureOptions;
  readonly #leased: LeasedProcess;
  readonly #user: ProcessUser = {
    event: (event, payload) => this.#receive(event, payload),
    gone: (reason) => this.#end(reason),
  };
  readonly #encoders = new DeviceEncoders();
  #process: CaptureProcess | undefined;
  /** Its number in the process. */
  #device = 0;
  #configuration: DeviceConfiguration;
  #events: DeviceEvents | undefined;
  #reason: DeviceError | undefined;
  #released: Promise<void> | undefined;
  #isOver = false;
  #isWanted = false;

  private constructor(configuration: DeviceConfiguration, options: CaptureOptions) {
    this.#configuration = configuration;
    this.#options = options;
    this.#leased = options.process ?? new LeasedProcess({ environment: options.env });
  }

  /** @throws DeviceError */
  static async open(
    configuration: DeviceConfiguration,
    options: CaptureOptions,
  ): Promise<CaptureSession> {
    const { signal } = options;
    signal?.throwIfAborted();
    const session = new CaptureSession(configuration, options);
    const abort = (): void => void session.close();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      await session.#open();
    } finally {
      signal?.removeEventListener("abort", abort);
    }
    return session;
  }

  /**
   * What a desktop's user chose, of a session that asked one.
   * @throws DeviceError
   */
  async chosenSurface(): Promise<ChosenSurface> {
    const process = this.#running();
    const request = { type: "chosenSurface", device: this.#device } as const;
    const answer = safeParse(chosenSurface, await process.request(request, OPEN_TIMEOUT_MS));
    if (!answer.success) throw process.distrust();
    return answer.output;
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
    const epoch = epochUs === undefined ? {} : { epochUs };
    this.#process?.notify({ type: "start", device: this.#device, ...epoch });
  }

  wantFrames(wanted: boolean): void {
    this.#isWanted = wanted;
    this.#process?.notify({ type: "wantFrames", device: this.#device, wanted });
  }

  async reconfigure(configuration: DeviceConfiguration): Promise<void> {
    this.#configuration = await this.#ask(this.#running(), "reconfigure", configuration);
  }

  async openEncoder(config: BesideConfig, events: EncoderEvents): Promise<EncoderSession> {
    return await this.#encoders.open(this.#running(), this.#device, config, events);
  }

  async close(): Promise<void> {
    this.#over();
    await this.#release();
  }

  async #open(): Promise<void> {
    const process = await this.#leased.acquire(this.#user);
    this.#process = process;
    this.#device = process.nextNumber();
    try {
      this.#configuration = await this.#ask(this.#running(), "open", this.#configuration);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Closes the device; once. */
  #release(): Promise<void> {
    const process = this.#process;
    if (process === undefined) return Promise.resolve();
    const closing = { type: "closeDevice", device: this.#device } as const;
    return (this.#released ??= this.#leased.release(this.#user, process, closing));
  }

  async #ask(
    process: CaptureProcess,
    type: "open" | "reconfigure",
    configuration: DeviceConfiguration,
  ): Promise<DeviceConfiguration> {
    const input = this.#options.inputOf(configuration);
    const request = { type, device: this.#device, input, configuration };
    const limitMs = this.#options.asksUser === true ? undefined : OPEN_TIMEOUT_MS;
    const answer = safeParse(deviceConfiguration, await process.request(request, limitMs));
    if (!answer.success || answer.output.kind !== configuration.kind) throw process.distrust();
    return answer.output;
  }

  #running(): CaptureProcess {
    if (this.#process === undefined || this.#isOver) {
      throw this.#reason ?? new DeviceError("failed", "The device is closed.");
    }
    return this.#process;
  }

  #receive(event: ProcessEvent, payload: Uint8Array<ArrayBuffer>): void {
    if (this.#isOver) return;
    if (!("device" in event)) this.#encoders.receive(event, payload);
    else if (event.device !== this.#device) return;
    else if (event.type === "frame") this.#frame(event, payload);
    else if (event.type === "muted") this.#events?.muted(event.muted);
    else {
      const { code, message } = event.error;
      void this.#deviceEnded(new DeviceError(code, message));
    }
  }

  #frame(
    { frame: header, lost }: Extract<ProcessEvent, { type: "frame" }>,
    payload: Uint8Array<ArrayBuffer>,
  ): void {
    if (!this.#isWanted || this.#events === undefined) return;
    const frame = this.#process?.frameOf(header, payload);
    if (frame === undefined) return;
    if (lost.count > 0) this.#events.lost?.(lostFrames(lost, header));
    this.#events.frame(frame);
  }

  /** The device is gone, its process not: what was captured comes out of the encoders first. */
  async #deviceEnded(reason: DeviceError): Promise<void> {
    this.#reason = reason;
    await this.#encoders.finishAll();
    void this.#release();
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

/** @param header of the frame that follows them */
function lostFrames(
  { count, samples }: { readonly count: number; readonly samples: number },
  header: FrameHeader,
): LostFrames {
  if (header.kind === "video") return { count };
  return { count, samples, durationUs: (samples * 1e6) / header.sampleRate };
}
