import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
  type VideoMode,
} from "../../src/contract/device.ts";
import { DeviceError } from "../../src/contract/device-error.ts";
import {
  type DeviceEvents,
  type DeviceSession,
  type LostFrames,
} from "../../src/contract/session.ts";
import { type EncoderEvents, type EncoderSession } from "../../src/contract/encoder.ts";
import type { EncoderConfig } from "../../src/media/encoding.ts";
import { blackFrame } from "../../src/media/black-frame.ts";
import { silence } from "../../src/media/silence.ts";

export const CAMERA: DeviceDescription = {
  kind: "videoinput",
  hardwareId: "camera",
  hardwareGroupId: "webcam",
  label: "Scripted camera",
  isDefault: true,
  modes: [
    mode(640, 480, 30),
    mode(1280, 720, 30),
    mode(1280, 720, 60),
    mode(1920, 1080, 5),
    mode(320, 240, 30),
  ],
};

export const MICROPHONE: DeviceDescription = {
  kind: "audioinput",
  hardwareId: "microphone",
  hardwareGroupId: "webcam",
  label: "Scripted microphone",
  isDefault: true,
  modes: [1, 2].map((channelCount) => ({
    sampleRate: 48_000,
    channelCount,
    sampleSize: 16,
    latency: { min: 0.01, max: 0.1 },
    echoCancellation: [true, false],
  })),
};

export function mode(width: number, height: number, frameRate: number): VideoMode {
  return { width, height, frameRate, pixelFormat: "I420" };
}

/** A backend that does what a test says, at the moment that the test says. */
export class ScriptedBackend implements Backend {
  readonly name = "scripted";
  readonly sessions: ScriptedSession[] = [];
  devices: readonly DeviceDescription[] = [CAMERA, MICROPHONE];
  /** Awaited before a device opens. */
  opening: Promise<void> = Promise.resolve();
  failure: DeviceError | undefined;
  opensEncoders = false;
  #onChange: (() => void) | undefined;

  async listDevices(): Promise<readonly DeviceDescription[]> {
    return this.devices;
  }

  watchDevices(onChange: () => void): () => void {
    this.#onChange = onChange;
    return () => {
      this.#onChange = undefined;
    };
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    await this.opening;
    if (this.failure !== undefined) throw this.failure;
    if (this.openSessions.some((session) => session.hardwareId === hardwareId)) {
      throw new DeviceError("busy", "It is open already.");
    }
    const session = new ScriptedSession(hardwareId, configuration, this.opensEncoders);
    this.sessions.push(session);
    return session;
  }

  /** The sessions that aren't closed. */
  get openSessions(): readonly ScriptedSession[] {
    return this.sessions.filter((session) => !session.isClosed);
  }

  /** The session opened last. */
  get session(): ScriptedSession {
    const session = this.sessions.at(-1);
    if (session === undefined) throw new Error("Nothing was opened yet.");
    return session;
  }

  get isWatched(): boolean {
    return this.#onChange !== undefined;
  }

  setDevices(devices: readonly DeviceDescription[]): void {
    this.devices = devices;
    this.#onChange?.();
  }
}

export class ScriptedSession implements DeviceSession {
  readonly hardwareId: string;
  readonly encoders: ScriptedEncoder[] = [];
  readonly openEncoder?: NonNullable<DeviceSession["openEncoder"]>;
  configuration: DeviceConfiguration;
  wanted = false;
  isClosed = false;
  reconfigurations = 0;
  failure: DeviceError | undefined;
  #events: DeviceEvents | undefined;
  #ended: DeviceError | undefined;

  constructor(hardwareId: string, configuration: DeviceConfiguration, opensEncoders: boolean) {
    this.hardwareId = hardwareId;
    this.configuration = configuration;
    if (!opensEncoders) return;
    this.openEncoder = async (config: EncoderConfig, events: EncoderEvents) => {
      const encoder = new ScriptedEncoder(config, events);
      this.encoders.push(encoder);
      return encoder;
    };
  }

  start(events: DeviceEvents): void {
    this.#events = events;
    if (this.#ended !== undefined) events.ended(this.#ended);
  }

  wantFrames(wanted: boolean): void {
    this.wanted = wanted;
  }

  async reconfigure(configuration: DeviceConfiguration): Promise<void> {
    await Promise.resolve();
    if (this.failure !== undefined) throw this.failure;
    this.reconfigurations += 1;
    this.configuration = configuration;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /** Delivers a frame of the running mode, or of another size. */
  deliver(timestamp: number, size?: { readonly width: number; readonly height: number }): void {
    const { configuration } = this;
    if (configuration.kind === "video") {
      const { width, height } = size ?? configuration.mode;
      this.#events?.frame(blackFrame({ width, height, timestamp }));
    } else {
      const { sampleRate, channelCount: numberOfChannels } = configuration.mode;
      const numberOfFrames = sampleRate / 100;
      const shape = { sampleRate, numberOfFrames, numberOfChannels, timestamp };
      this.#events?.frame(silence(shape));
    }
  }

  lose(lost: LostFrames): void {
    this.#events?.lost?.(lost);
  }

  mute(muted: boolean): void {
    this.#events?.muted(muted);
  }

  end(reason = new DeviceError("not-found", "It was unplugged.")): void {
    this.isClosed = true;
    this.#ended = reason;
    this.#events?.ended(reason);
  }
}

export class ScriptedEncoder implements EncoderSession {
  readonly config: EncoderConfig;
  readonly events: EncoderEvents;
  /** What was called, in order. */
  readonly calls: string[] = [];
  /** Awaited by `flush()`. */
  flushing: Promise<void> = Promise.resolve();

  constructor(config: EncoderConfig, events: EncoderEvents) {
    this.config = config;
    this.events = events;
  }

  setEnabled(enabled: boolean): void {
    this.calls.push(`setEnabled ${enabled}`);
  }
  setPaused(paused: boolean): void {
    this.calls.push(`setPaused ${paused}`);
  }
  requestKeyFrame(): void {
    this.calls.push("requestKeyFrame");
  }
  async flush(): Promise<void> {
    this.calls.push("flush");
    await this.flushing;
  }
  async close(): Promise<void> {
    this.calls.push("close");
  }
}
