import type {
  CameraDescription,
  DeviceConfiguration,
  DisplayDescription,
  VideoMode,
} from "../contract/device.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import type { VideoContent } from "./content/content.ts";
import { completeVideoMode, type MockVideoMode } from "./mock-mode.ts";
import { VirtualDevice, type DeviceOwner } from "./virtual-device.ts";
import { frameDurationUs } from "./virtual-session.ts";

/**
 * A mock camera, in the terms of the W3C draft's `MockCameraConfiguration` where it has them.
 * @see https://w3c.github.io/mediacapture-automation/#mock-camera
 */
export interface MockCameraConfiguration {
  /** Default: `"Virtual camera N"`. */
  readonly label?: string;
  /** The `deviceId` that scripts see and may ask for. Default: the label. */
  readonly deviceId?: string;
  /** Equal ids make a camera and a microphone one piece of hardware. Default: a group of its own. */
  readonly groupId?: string;
  /** Default `"user"`; `undefined` for a camera that doesn't say. */
  readonly facingMode?: "user" | "environment" | "left" | "right" | undefined;
  /** Frames per second of modes that don't say. Default 30. */
  readonly defaultFrameRate?: number;
  /** Sizes in px. Default: 640x480, 1280x720, 1920x1080. */
  readonly modes?: readonly MockVideoMode[];
  /** Default: the moving test picture of the synthetic camera. */
  readonly content?: VideoContent;
}

/** A configuration with every default filled in. */
export interface CameraParts {
  readonly kind: "videoinput" | "display";
  readonly label: string;
  readonly hardwareId: string;
  readonly groupId: string;
  readonly facingMode: CameraDescription["facingMode"];
  readonly defaultFrameRate: number;
  readonly modes: readonly MockVideoMode[];
  readonly content: VideoContent;
}

/** A virtual camera (or a display that can be shared). */
export class VirtualCamera extends VirtualDevice<VideoMode, MockVideoMode> {
  readonly kind: "videoinput" | "display";
  readonly #parts: CameraParts;
  #content: VideoContent;

  constructor(parts: CameraParts, owner: DeviceOwner) {
    const modes = parts.modes.map((mode) => completeVideoMode(mode, parts.defaultFrameRate));
    super(parts, modes, owner);
    this.kind = parts.kind;
    this.#parts = parts;
    this.#content = parts.content;
  }

  /** Shows something else from the next picture on. */
  show(content: VideoContent): void {
    this.#content = content;
  }

  protected override complete(mode: MockVideoMode): VideoMode {
    return completeVideoMode(mode, this.#parts.defaultFrameRate);
  }

  /** @internal */
  describe(isDefault: boolean): CameraDescription | DisplayDescription {
    const { hardwareId, groupId, label, facingMode } = this.#parts;
    const base = { hardwareId, hardwareGroupId: groupId, label, isDefault };
    return this.kind === "display"
      ? { ...base, kind: "display", displaySurface: "monitor", modes: this.modes }
      : { ...base, kind: "videoinput", modes: this.modes, ...(facingMode && { facingMode }) };
  }

  /** @internal */
  makeFrame(index: number, timestamp: number, configuration: DeviceConfiguration): VideoFrame {
    if (configuration.kind !== "video") throw new TypeError("A camera has no sound.");
    const { width, height } = configuration.mode;
    const duration = Math.round(frameDurationUs(configuration));
    return this.#content({ index, width, height, timestamp, duration });
  }
}
