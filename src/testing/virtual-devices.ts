import type { AudioMode, Backend, DeviceDescription, VideoMode } from "../backends/contract.ts";
import { createMediaCapture, type MediaCapture } from "../create-media-capture.ts";
import type { Clock } from "../engine/contract.ts";
import { pattern } from "./content/pattern.ts";
import { tone } from "./content/tone.ts";
import { timersClock } from "./timers-clock.ts";
import { VirtualBackend } from "./virtual-backend.ts";
import { VirtualCamera, type MockCameraConfiguration } from "./virtual-camera.ts";
import { VirtualMicrophone, type MockMicrophoneConfiguration } from "./virtual-microphone.ts";
import { VirtualPermission } from "./virtual-permission.ts";

export interface VirtualDevicesOptions {
  /**
   * The time by which devices run. Default: `Date` and `setTimeout` as they are at each call, so
   * that a test's fake timers hold them; a `ManualClock` is advanced by hand.
   */
  readonly clock?: Clock;
}

/** Modes of a camera that names none, in px. */
const DEFAULT_SIZES = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];

/**
 * A machine room that a test holds in its hand: virtual cameras, microphones and displays, and the
 * user who is asked for permission, behind the same API that programs use.
 *
 * @example
 * ```ts
 * const devices = new VirtualDevices();
 * const camera = devices.addCamera({ label: "Front", facingMode: "user" });
 * const stream = await devices.mediaDevices.getUserMedia({ video: true });
 * camera.unplug(); // the track fires `ended`
 * ```
 */
export class VirtualDevices {
  /** The user, as the test plays them. */
  readonly permission = new VirtualPermission();
  readonly #clock: Clock;
  readonly #backend: VirtualBackend;
  #capture: MediaCapture | undefined;

  constructor({ clock = timersClock }: VirtualDevicesOptions = {}) {
    this.#clock = clock;
    this.#backend = new VirtualBackend(clock);
  }

  /** These devices as a backend, for a world that is built by hand. */
  get backend(): Backend {
    return this.#backend;
  }

  /** The spec objects over these devices: `navigator`, `mediaDevices`, the interfaces. */
  get capture(): MediaCapture {
    this.#capture ??= createMediaCapture({
      backends: [this.#backend],
      permission: this.permission,
      clock: this.#clock,
    });
    return this.#capture;
  }

  get navigator(): MediaCapture["navigator"] {
    return this.capture.navigator;
  }

  get mediaDevices(): MediaCapture["mediaDevices"] {
    return this.capture.mediaDevices;
  }

  /** Plugs in a camera. The first one is the default. */
  addCamera(configuration: MockCameraConfiguration = {}): VirtualCamera {
    return this.#addPictures("videoinput", "Virtual camera", configuration);
  }

  /** Adds a display for `getDisplayMedia`. */
  addDisplay(configuration: Omit<MockCameraConfiguration, "facingMode"> = {}): VirtualCamera {
    return this.#addPictures("display", "Virtual display", {
      ...configuration,
      facingMode: undefined,
    });
  }

  /** Plugs in a microphone. The first one is the default. */
  addMicrophone(configuration: MockMicrophoneConfiguration = {}): VirtualMicrophone {
    const label = configuration.label ?? this.#nextLabel("audioinput", "Virtual microphone");
    const deviceId = configuration.deviceId ?? label;
    const mode: AudioMode = {
      sampleRate: configuration.defaultSampleRate ?? 48_000,
      channelCount: configuration.channelCount ?? 1,
      sampleSize: 16,
      latency: { min: 0.01, max: 0.01 },
    };
    const { groupId = deviceId, content = tone(440) } = configuration;
    const parts = { label, deviceId, groupId, modes: [mode], content };
    return this.#add(new VirtualMicrophone(parts, () => this.#backend.changed()));
  }

  /** Makes a device the system's default of its kind; fires `devicechange`. */
  setDefault(device: VirtualCamera | VirtualMicrophone): void {
    this.#backend.setDefault(device);
  }

  /** Ends everything that is captured. */
  async close(): Promise<void> {
    await this.#capture?.close();
    this.#capture = undefined;
  }

  #addPictures(
    kind: VirtualCamera["kind"],
    name: string,
    configuration: MockCameraConfiguration,
  ): VirtualCamera {
    const label = configuration.label ?? this.#nextLabel(kind, name);
    const deviceId = configuration.deviceId ?? label;
    const { groupId = deviceId, defaultFrameRate = 30, modes = DEFAULT_SIZES } = configuration;
    const parts = {
      kind,
      label,
      deviceId,
      groupId,
      facingMode: "facingMode" in configuration ? configuration.facingMode : "user",
      modes: modes.map((mode): VideoMode => ({
        pixelFormat: "I420",
        frameRate: defaultFrameRate,
        ...mode,
      })),
      content: configuration.content ?? pattern(),
    };
    return this.#add(new VirtualCamera(parts, () => this.#backend.changed()));
  }

  #add<Device extends VirtualCamera | VirtualMicrophone>(device: Device): Device {
    if (this.#backend.devices.some(({ deviceId }) => deviceId === device.deviceId)) {
      throw new TypeError(
        `There is a device with the id "${device.deviceId}" already; give this one another deviceId.`,
      );
    }
    this.#backend.add(device);
    return device;
  }

  #nextLabel(kind: DeviceDescription["kind"], name: string): string {
    const count = this.#backend.devices.filter((device) => device.kind === kind).length;
    return `${name} ${count + 1}`;
  }
}
