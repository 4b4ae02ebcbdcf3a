import { DeviceError } from "../../src/contract/device-error.ts";
import { isSound } from "../../src/contract/device.ts";
import type { DeviceDescription } from "../../src/contract/device.ts";
import type { DeviceErrorCode } from "../../src/contract/device-error.ts";
import type { MediaTrackSettings } from "../../src/constraints/types.ts";
import { FrameCounter } from "../../src/engine/track/frame-counter.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import type {
  Device,
  DeviceCatalogue,
  Source,
  SourcePool,
  Track,
  TrackEvents,
} from "../../src/engine/contract.ts";

/** The contract's smallest engine: devices by name, tracks without frames. */
export class FakeEngine implements DeviceCatalogue, SourcePool {
  readonly devices: Device[];
  readonly opened: { device: Device; settings: MediaTrackSettings; track: FakeTrack }[] = [];
  /** Devices that can't be opened, by hardware id. */
  readonly openFailures = new Map<string, DeviceErrorCode>();
  readonly #watchers = new Set<() => void>();

  constructor(descriptions: readonly DeviceDescription[]) {
    this.devices = descriptions.map((description) => asDevice(description));
  }

  list(): Promise<readonly Device[]> {
    const rank = ({ description }: Device) => Number(description.isDefault);
    return Promise.resolve(this.devices.toSorted((a, b) => rank(b) - rank(a)));
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  plug(description: DeviceDescription): void {
    this.devices.push(asDevice(description));
    for (const watcher of this.#watchers) watcher();
  }

  get watcherCount(): number {
    return this.#watchers.size;
  }

  openTrack(device: Device, settings: MediaTrackSettings): Promise<Track> {
    const failure = this.openFailures.get(device.description.hardwareId);
    if (failure) {
      return Promise.reject(new DeviceError(failure, `${device.description.label} is ${failure}`));
    }
    const track = new FakeTrack(device, settings);
    this.opened.push({ device, settings, track });
    return Promise.resolve(track);
  }

  /** Tracks that were opened and not stopped. */
  get liveCount(): number {
    return this.opened.filter(({ track }) => track.readyState === "live").length;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function asDevice(description: DeviceDescription): Device {
  return { backendName: "fake", description, key: `fake:${description.hardwareId}` };
}

type Listeners = { [Name in keyof TrackEvents]?: Set<TrackEvents[Name]> };

export class FakeTrack implements Track {
  readonly source: Source;
  readonly kind: "audio" | "video";
  readyState: "live" | "ended" = "live";
  muted = false;
  enabled = true;
  settings: MediaTrackSettings;
  readonly convertsPixels = false;
  readonly counts = new FrameCounter(systemClock);
  readonly #device: Device;
  readonly #listeners: Listeners = {};

  constructor(device: Device, settings: MediaTrackSettings) {
    this.#device = device;
    this.kind = isSound(device.description) ? "audio" : "video";
    this.source = { kind: this.kind, label: device.description.label, device, muted: false };
    this.settings = settings;
  }

  applySettings(settings: MediaTrackSettings): Promise<void> {
    this.settings = settings;
    return Promise.resolve();
  }

  observeCounts(): void {}

  updateCounts(): void {}

  connect(): () => void {
    return () => undefined;
  }

  openEncoder(): Promise<never> {
    return Promise.reject(new DeviceError("failed", "A fake track encodes nothing"));
  }

  clone(): FakeTrack {
    const clone = new FakeTrack(this.#device, this.settings);
    clone.readyState = this.readyState;
    return clone;
  }

  stop(): void {
    this.readyState = "ended";
  }

  release(): void {
    this.stop();
  }

  on<Name extends keyof TrackEvents>(name: Name, listener: TrackEvents[Name]): () => void {
    const set = (this.#listeners[name] ??= new Set() as never) as Set<TrackEvents[Name]>;
    set.add(listener);
    return () => set.delete(listener);
  }

  /** What the source would tell. */
  setMuted(muted: boolean): void {
    this.muted = muted;
    for (const listener of this.#listeners[muted ? "mute" : "unmute"] ?? []) listener();
  }

  unplug(): void {
    this.readyState = "ended";
    for (const listener of this.#listeners.ended ?? []) listener(undefined);
  }
}

export const camera: DeviceDescription = {
  kind: "videoinput",
  hardwareId: "camera-1",
  hardwareGroupId: "webcam",
  label: "Camera One",
  isDefault: true,
  facingMode: "user",
  modes: [
    { width: 640, height: 480, frameRate: 30, pixelFormat: "I420" },
    { width: 1280, height: 720, frameRate: 30, pixelFormat: "I420" },
  ],
};

export const secondCamera: DeviceDescription = {
  ...camera,
  hardwareId: "camera-2",
  hardwareGroupId: "other",
  label: "Camera Two",
  isDefault: false,
  facingMode: "environment",
};

export const microphone: DeviceDescription = {
  kind: "audioinput",
  hardwareId: "microphone-1",
  hardwareGroupId: "webcam",
  label: "Microphone One",
  isDefault: true,
  modes: [
    { sampleRate: 48000, channelCount: 2, sampleSize: 16, latency: { min: 0.01, max: 0.01 } },
  ],
};

export const display: DeviceDescription = {
  kind: "display",
  hardwareId: "screen",
  hardwareGroupId: "screen",
  label: "Screen",
  isDefault: true,
  displaySurface: "monitor",
  modes: [{ width: 1920, height: 1080, frameRate: 60, pixelFormat: "BGRX" }],
};

/** What the machine plays. */
export const output: DeviceDescription = {
  kind: "systemaudio",
  hardwareId: "output",
  hardwareGroupId: "output",
  label: "Output",
  isDefault: true,
  modes: [1, 2].map((channelCount) => ({
    sampleRate: 48_000,
    channelCount,
    sampleSize: 16,
    latency: { min: 0.01, max: 2 },
  })),
};
