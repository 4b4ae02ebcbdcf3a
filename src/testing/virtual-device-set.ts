import type { Backend, DeviceDescription, DeviceKind } from "../contract/device.ts";
import type { MediaTrackConstraints } from "../constraints/types.ts";
import type { Clock, Device } from "../engine/contract.ts";
import type { DeviceIds } from "../web/constraints/device-ids.ts";
import { inputKinds } from "../web/permissions/device-kinds.ts";
import { mediaDevicesBrand } from "../web/media-devices/media-devices-slots.ts";
import type { MediaDevices, MediaStreamConstraints } from "../web/media-devices/media-devices.ts";
import type { CaptureCall } from "../web/realm/observe-call.ts";
import { CallLog, type RecordedCall } from "./call-log.ts";
import { pattern } from "./content/pattern.ts";
import { tone } from "./content/tone.ts";
import { judgeDevices, type DeviceVerdict } from "./device-verdict.ts";
import { VirtualBackend } from "./virtual-backend.ts";
import { VirtualCamera, type MockCameraConfiguration } from "./virtual-camera.ts";
import type { DeviceOwner } from "./virtual-device.ts";
import { VirtualMicrophone, type MockMicrophoneConfiguration } from "./virtual-microphone.ts";
import { VirtualOutput, type MockOutputConfiguration } from "./virtual-output.ts";
import { VirtualPermission } from "./virtual-permission.ts";

/** Modes of a camera that names none, in px. */
const DEFAULT_SIZES = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];

/**
 * The devices that a test holds in its hand, the user who is asked for permission, and a log of
 * what was asked. Spec objects over them come from whoever extends this: in Node, in a window, in a
 * browser's page.
 */
export abstract class VirtualDeviceSet {
  /** The user, as the test plays them. */
  readonly permission = new VirtualPermission();
  protected readonly clock: Clock;
  readonly #backend: VirtualBackend;
  readonly #log: CallLog;
  readonly #owner: DeviceOwner;

  constructor(clock: Clock) {
    this.clock = clock;
    this.#backend = new VirtualBackend(clock);
    this.#owner = {
      changed: () => this.#backend.changed(),
      exposedId: (hardwareId) => this.permission.exposedId(hardwareId),
    };
    this.#log = new CallLog({
      judge: (call) => this.#judge(call),
      deviceOf: (id) => this.#backend.devices.find(({ hardwareId }) => hardwareId === id),
    });
  }

  /** `navigator.mediaDevices` over these devices. */
  abstract get mediaDevices(): MediaDevices;

  /** These devices as a backend, for a world that is built by hand. */
  get backend(): Backend {
    return this.#backend;
  }

  /**
   * The calls of `getUserMedia()`, `getDisplayMedia()`, `enumerateDevices()` and
   * `applyConstraints()` so far, in their order: what each asked for, what that made of each device,
   * which was chosen, and the outcome.
   */
  get calls(): readonly RecordedCall[] {
    return this.#log.calls;
  }

  /**
   * Says of each device what `getUserMedia()` would make of these constraints: its fitness distance,
   * or the constraint that excludes it.
   */
  explain({ audio = false, video = false }: MediaStreamConstraints): DeviceVerdict[] {
    return [
      ...this.#judgeKind(inputKinds.audio, audio),
      ...this.#judgeKind(inputKinds.video, video),
    ];
  }

  /** `navigator.mediaDevices` of each world over these devices. */
  protected abstract get exposed(): readonly MediaDevices[];

  /**
   * Begins anew, as before each test: no devices, everything is granted, nothing was asked and
   * nothing is captured. What is installed stays, as do its `navigator.mediaDevices` and whoever
   * listens to it. No event tells of it.
   */
  reset(): void {
    for (const mediaDevices of this.exposed) {
      const slots = mediaDevicesBrand.slotsOf(mediaDevices);
      slots.liveTracks.stopAll(slots.realm);
      slots.canExposeCameraInfo = false;
      slots.canExposeMicrophoneInfo = false;
    }
    this.#backend.clear();
    this.permission.reset();
    this.#log.clear();
  }

  /**
   * For the worlds over these devices: scripts know each by the id that the test gave it.
   * @internal
   */
  protected readonly ids: DeviceIds = {
    deviceId: ({ description }) => this.permission.exposedId(description.hardwareId),
    groupId: ({ description }) => description.hardwareGroupId,
  };

  /**
   * For the worlds over these devices: logs a call.
   * @internal
   */
  protected readonly observeCall = (call: CaptureCall): void => this.#log.record(call);

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
    const hardwareId = configuration.deviceId ?? label;
    const { channelCount, defaultSampleRate: sampleRate, echoCancellation } = configuration;
    const mode = {
      ...(channelCount && { channelCount }),
      ...(sampleRate && { sampleRate }),
      ...(echoCancellation && { echoCancellation }),
    };
    const { groupId = groupOf(hardwareId), content = tone(440) } = configuration;
    const parts = { label, hardwareId, groupId, mode, content };
    return this.#add(new VirtualMicrophone(parts, this.#owner));
  }

  /** Plugs in a sound output, which plays into memory. The first one is the default. */
  addOutput(configuration: MockOutputConfiguration = {}): VirtualOutput {
    const count = this.#backend.outputs.length + 1;
    const { label = `Virtual output ${count}`, deviceId: hardwareId = label } = configuration;
    if (hardwareId === "" || this.#backend.outputs.some((each) => each.hardwareId === hardwareId)) {
      throw new TypeError(
        `An output's id is one that no other has, and not empty; "${hardwareId}" isn't.`,
      );
    }
    const { groupId = groupOf(hardwareId) } = configuration;
    const output = new VirtualOutput(
      { label, hardwareId, groupId },
      {
        changed: (each) => this.#backend.outputChanged(each),
        exposedId: (id) => this.permission.exposedId(id),
      },
    );
    this.#backend.addOutput(output);
    return output;
  }

  /** Makes a device the system's default of its kind; fires `devicechange`. */
  setDefault(device: VirtualCamera | VirtualMicrophone | VirtualOutput): void {
    if (device instanceof VirtualOutput) this.#backend.setDefaultOutput(device);
    else this.#backend.setDefault(device);
  }

  #judge({ constraints, method, track }: CaptureCall): DeviceVerdict[] {
    if (method === "getUserMedia") return this.explain(constraints as MediaStreamConstraints);
    if (method === "getDisplayMedia") {
      const { video = true } = constraints as MediaStreamConstraints;
      return this.#judgeKind("display", video);
    }
    const device = track?.source.device;
    return device === undefined ? [] : judgeDevices([device], this.ids, constraints ?? {});
  }

  #judgeKind(kind: DeviceKind, asked: boolean | MediaTrackConstraints): DeviceVerdict[] {
    if (asked === false) return [];
    const devices = this.#backend.describeDevices().map((description): Device => {
      const key = `${this.#backend.name}:${description.hardwareId}`;
      return { backendName: this.#backend.name, description, key };
    });
    const ofKind = devices.filter(({ description }) => description.kind === kind);
    return judgeDevices(ofKind, this.ids, asked === true ? {} : asked);
  }

  #addPictures(
    kind: VirtualCamera["kind"],
    name: string,
    configuration: MockCameraConfiguration,
  ): VirtualCamera {
    const label = configuration.label ?? this.#nextLabel(kind, name);
    const hardwareId = configuration.deviceId ?? label;
    const { defaultFrameRate = 30, modes = DEFAULT_SIZES } = configuration;
    const parts = {
      kind,
      label,
      hardwareId,
      groupId: configuration.groupId ?? groupOf(hardwareId),
      facingMode: "facingMode" in configuration ? configuration.facingMode : "user",
      defaultFrameRate,
      modes,
      content: configuration.content ?? pattern(),
    };
    return this.#add(new VirtualCamera(parts, this.#owner));
  }

  #add<Device extends VirtualCamera | VirtualMicrophone>(device: Device): Device {
    const id = device.hardwareId;
    if (id === "") throw new TypeError("A device's id can't be empty; give it another deviceId.");
    if (this.#backend.devices.some(({ hardwareId }) => hardwareId === id)) {
      throw new TypeError(
        `There is a device with the id "${id}" already; give this one another deviceId.`,
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

/** The group of a device whose configuration names none. */
function groupOf(hardwareId: string): string {
  return `group of ${hardwareId}`;
}
