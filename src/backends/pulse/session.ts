import { DeviceError } from "../../contract/device-error.ts";
import { type DeviceConfiguration } from "../../contract/device.ts";
import { StallWatch, type StallClock } from "../../contract/stall-watch.ts";
import { type DeviceEvents, type DeviceSession } from "../../contract/session.ts";
import { planCapture, type CapturePlan } from "./capture-plan.ts";
import { toDeviceError } from "./device-error.ts";
import type { EchoCanceller } from "./echo-canceller.ts";
import { RecordCapture, type CaptureListener } from "./record-capture.ts";
import { MixerMute } from "./mixer-mute.ts";
import type { ConnectionLease } from "./shared-connection.ts";
import type { SourceInfo } from "./source-info.ts";
import { startCanceller, withoutEcho } from "./without-echo.ts";
import { toAudioData } from "./to-audio-data.ts";

/** What a session is made of. */
export interface SessionParts {
  readonly lease: ConnectionLease;
  readonly source: SourceInfo;
  readonly nowUs: () => number;
  /** How the server is found. */
  readonly env: NodeJS.ProcessEnv;
  /** For the configuration that it is opened in, where that needs one. */
  readonly canceller: EchoCanceller | undefined;
}

/** An open microphone. */
export class PulseSession implements DeviceSession {
  readonly #parts: SessionParts;
  readonly #label: string;
  readonly #forgetConnection: () => void;
  #configuration: DeviceConfiguration;
  #plan: CapturePlan | undefined;
  #capture: RecordCapture | undefined;
  #canceller: EchoCanceller | undefined;
  #events: DeviceEvents | undefined;
  readonly #mixer: MixerMute;
  /** A driver or the server that stalls counts as a device that is muted. */
  readonly #stalls: StallWatch;
  #wanted = false;
  #suspended = false;
  #muted = false;
  #ended: DeviceError | undefined;
  #closing: Promise<void> | undefined;

  private constructor(parts: SessionParts, configuration: DeviceConfiguration) {
    this.#parts = parts;
    this.#label = parts.source.description ?? parts.source.name;
    this.#configuration = configuration;
    this.#canceller = parts.canceller;
    this.#stalls = new StallWatch(stallClock(parts.nowUs), (isStalled) =>
      this.#stallChanged(isStalled),
    );
    this.#mixer = new MixerMute(parts.lease.connection, parts.source, () => this.#updateMuted());
    this.#forgetConnection = parts.lease.connection.onClose((reason) => this.#end(reason));
  }

  /** Takes over the lease, also when it fails. @throws DeviceError */
  static async open(
    parts: SessionParts,
    configuration: DeviceConfiguration,
  ): Promise<PulseSession> {
    const session = new PulseSession(parts, configuration);
    try {
      await session.reconfigure(configuration);
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  get configuration(): DeviceConfiguration {
    return this.#configuration;
  }

  start(events: DeviceEvents): void {
    if (this.#ended !== undefined) {
      events.ended(this.#ended);
      return;
    }
    this.#events = events;
    this.#stalls.watch();
    this.#updateMuted();
  }

  wantFrames(wanted: boolean): void {
    this.#wanted = wanted;
  }

  async reconfigure(configuration: DeviceConfiguration): Promise<void> {
    const canceller = await this.#cancellerFor(configuration);
    try {
      await this.#captureIn(configuration, canceller);
    } catch (error) {
      if (canceller !== this.#canceller) await canceller?.stop();
      throw error;
    }
    const before = this.#canceller;
    this.#canceller = canceller;
    if (before !== canceller) await before?.stop();
  }

  /** The one there is, where that will do. */
  async #cancellerFor(configuration: DeviceConfiguration): Promise<EchoCanceller | undefined> {
    const { env, source } = this.#parts;
    const isWanted = configuration.kind === "audio" && configuration.echoCancellation === true;
    if (isWanted && this.#canceller !== undefined) return this.#canceller;
    return await startCanceller(env, source.name, configuration);
  }

  async #captureIn(
    configuration: DeviceConfiguration,
    canceller: EchoCanceller | undefined,
  ): Promise<void> {
    const { lease, nowUs, source } = this.#parts;
    const { connection } = lease;
    const heard = canceller ? await withoutEcho(connection, canceller, source) : source;
    const plan = planCapture(heard, configuration);
    const listener = this.#captureListener(plan);
    const capture = await RecordCapture.start(connection, plan.request, listener, nowUs).catch(
      (error: unknown) => {
        throw this.#ended ?? toDeviceError(error, this.#label);
      },
    );
    if (this.#ended !== undefined) throw this.#ended;
    const previous = this.#capture;
    this.#capture = capture;
    this.#plan = plan;
    this.#configuration = { ...plan.configuration, latency: capture.latency };
    await previous?.stop();
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#release());
  }

  #captureListener(plan: CapturePlan): CaptureListener {
    return {
      block: (bytes, timestampUs) => {
        // While one stream replaces another, both run.
        if (this.#plan === plan) this.#deliver(plan, bytes, timestampUs);
      },
      suspended: (suspended) => {
        this.#suspended = suspended;
        this.#updateMuted();
      },
      lost: (reason) =>
        this.#end(new DeviceError("not-found", `${this.#label} has stopped. ${reason}.`)),
    };
  }

  #deliver({ request, configuration }: CapturePlan, bytes: Buffer, timestampUs: number): void {
    this.#stalls.feed();
    // The silence of a muted microphone isn't what it heard.
    if (!this.#wanted || this.#events === undefined || this.#mixer.isMuted) return;
    this.#events.frame(
      toAudioData(bytes, request.sampleSpec, configuration.mode.channelCount, timestampUs),
    );
  }

  #stallChanged(isStalled: boolean): void {
    if (isStalled && !this.#suspended) this.#capture?.resynchronize();
    this.#updateMuted();
  }

  #updateMuted(): void {
    const muted = this.#suspended || this.#stalls.isStalled || this.#mixer.isMuted;
    if (muted === this.#muted || this.#events === undefined) return;
    this.#muted = muted;
    this.#events.muted(muted);
  }

  #end(reason: DeviceError): void {
    if (this.#ended !== undefined || this.#closing !== undefined) return;
    this.#ended = reason;
    const events = this.#events;
    this.#capture = undefined;
    void this.close();
    events?.ended(reason);
  }

  async #release(): Promise<void> {
    this.#events = undefined;
    this.#mixer.stop();
    this.#stalls.stop();
    this.#forgetConnection();
    // Where the stream or its server has gone meanwhile, there is nothing left to stop.
    await this.#capture?.stop().catch(() => undefined);
    await this.#canceller?.stop();
    this.#parts.lease.release();
  }
}

/** A clock whose timers keep no program alive. */
function stallClock(nowUs: () => number): StallClock {
  return {
    nowUs,
    setTimeout: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs).unref();
      return () => clearTimeout(timer);
    },
  };
}
