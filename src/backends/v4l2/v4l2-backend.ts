import { access } from "node:fs/promises";

import { CaptureSession } from "../../capture-process/program/capture-session.ts";
import type { ListedMode } from "../../capture-process/child/list-devices.ts";
import {
  createHelperProcess,
  type LeasedProcess,
} from "../../capture-process/program/leased-process.ts";
import { isNativeInstalled, missingNative } from "../../capture-process/native-package.ts";
import type { InputSpec } from "../../capture-process/wire/command.ts";
import { DeviceError } from "../../contract/device-error.ts";
import {
  type Backend,
  type CameraDescription,
  type DeviceConfiguration,
  type DeviceDescription,
  type ListingProblem,
  type VideoMode,
} from "../../contract/device.ts";
import { type DeviceSession } from "../../contract/session.ts";
import { cameraModes, inputFormatOf, UNKNOWN_MODES } from "./camera-modes.ts";
import { listCameraNodes, type CameraNode } from "./camera-node.ts";
import { watchCameras } from "./watch-cameras.ts";

export interface V4l2BackendOptions {
  /** Asked for the modes. Default: one of its own. */
  readonly helper?: LeasedProcess;
}

/** Cameras of Linux. */
export function createV4l2Backend(options: V4l2BackendOptions = {}): Backend {
  return new V4l2Backend(options);
}

class V4l2Backend implements Backend {
  readonly name = "v4l2";
  readonly #helper: LeasedProcess;
  /** By node and camera: modes don't change while a camera stays where it is. */
  readonly #modes = new Map<string, readonly VideoMode[]>();

  constructor({ helper = createHelperProcess() }: V4l2BackendOptions) {
    this.#helper = helper;
  }

  get problems(): readonly ListingProblem[] {
    if (isNativeInstalled()) return [];
    return [{ kinds: ["videoinput"], message: missingNative().message }];
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    if (!isNativeInstalled()) return [];
    const nodes = await listCameraNodes();
    this.#forgetAllBut(nodes);
    const cameras: CameraDescription[] = [];
    for (const node of nodes) {
      const modes = await this.#modesOf(node);
      if (modes.length > 0) cameras.push(describeCamera(node, modes, cameras.length === 0));
    }
    return cameras;
  }

  watchDevices(onChange: () => void): () => void {
    return watchCameras(onChange);
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const nodes = await listCameraNodes();
    const node = nodes.find((candidate) => candidate.hardwareId === hardwareId);
    if (node === undefined || configuration.kind !== "video") {
      throw new DeviceError("not-found", "The camera is not there: plug it in, then try again.");
    }
    if (!node.isAllowed) throw await notReadable(node.path);
    const inputOf = (wanted: DeviceConfiguration) => inputOfCamera(node.path, wanted);
    return await CaptureSession.open(configuration, { inputOf });
  }

  async close(): Promise<void> {
    await this.#helper.close();
  }

  /** Empty for what is no camera: metadata, outputs, radios. */
  async #modesOf(node: CameraNode): Promise<readonly VideoMode[]> {
    if (!node.isAllowed) return node.index === 0 ? UNKNOWN_MODES : [];
    const key = `${node.path} ${node.hardwareId}`;
    const known = this.#modes.get(key);
    if (known !== undefined) return known;
    const listed = await this.#helper
      .ask({ type: "modes", device: node.path })
      .catch(() => undefined);
    // One that doesn't answer now may do so the next time.
    if (listed === undefined) return node.index === 0 ? UNKNOWN_MODES : [];
    const modes = cameraModes(listed as readonly ListedMode[]);
    this.#modes.set(key, modes);
    return modes;
  }

  #forgetAllBut(nodes: readonly CameraNode[]): void {
    const present = new Set(nodes.map((node) => `${node.path} ${node.hardwareId}`));
    for (const key of this.#modes.keys()) if (!present.has(key)) this.#modes.delete(key);
  }
}

/** Why a camera that the kernel has can't be opened by this user. */
async function notReadable(path: string): Promise<DeviceError> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists
    ? new DeviceError(
        "not-allowed",
        `This user may not open ${path}: add them to the group that owns it ` +
          "(`sudo usermod -aG video USER`) and log in again.",
      )
    : new DeviceError(
        "not-allowed",
        `The kernel has a camera, but there is no ${path} here: a container needs ` +
          `\`--device ${path}\`.`,
      );
}

function describeCamera(
  node: CameraNode,
  modes: readonly VideoMode[],
  isDefault: boolean,
): CameraDescription {
  const { hardwareId, hardwareGroupId } = node;
  // Drivers of USB cameras say the product's name twice, with a colon between.
  const [first, second] = node.name.split(": ");
  const label = first !== undefined && second?.startsWith(first) ? first : node.name;
  return { kind: "videoinput", hardwareId, hardwareGroupId, label, modes, isDefault };
}

function inputOfCamera(path: string, configuration: DeviceConfiguration): InputSpec {
  const { mode } = configuration as Extract<DeviceConfiguration, { kind: "video" }>;
  const format = inputFormatOf(mode);
  return {
    type: "device",
    format: "v4l2",
    url: path,
    options: {
      video_size: `${mode.width}x${mode.height}`,
      framerate: String(mode.frameRate),
      ...(format !== undefined && { input_format: format }),
    },
    media: "video",
    clock: "monotonic",
  };
}
