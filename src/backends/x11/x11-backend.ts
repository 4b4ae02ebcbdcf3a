import { CaptureSession } from "../../capture-process/program/capture-session.ts";
import { isNativeInstalled } from "../../capture-process/native-package.ts";
import { HelperProcess } from "../../capture-process/program/helper-process.ts";
import type { ListedDevice } from "../../capture-process/child/list-devices.ts";
import { DeviceError } from "../../contract/device-error.ts";
import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
} from "../../contract/device.ts";
import { type DeviceSession } from "../../contract/session.ts";
import { describeScreen, inputOfScreen } from "./screen.ts";

export interface X11BackendOptions {
  /** Default: the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Asked for the screens. Default: one of its own. */
  readonly helper?: HelperProcess;
}

/** The screens of an X server. */
export function createX11Backend(options: X11BackendOptions = {}): Backend {
  return new X11Backend(options);
}

class X11Backend implements Backend {
  readonly name = "x11";
  readonly #env: NodeJS.ProcessEnv;
  readonly #helper: HelperProcess;

  constructor({ env = process.env, helper = new HelperProcess(env) }: X11BackendOptions) {
    this.#env = env;
    this.#helper = helper;
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    // Under Wayland an X server shows X's own windows at most, on black.
    if (!this.#env["DISPLAY"] || this.#env["WAYLAND_DISPLAY"] || !isNativeInstalled()) return [];
    const devices = (await this.#helper.request({ type: "list" })) as readonly ListedDevice[];
    return devices.flatMap((device) => describeScreen(device));
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const screens = await this.listDevices();
    const isThere = screens.some((screen) => screen.hardwareId === hardwareId);
    if (configuration.kind !== "video" || !isThere) {
      throw new DeviceError("not-found", `There is no screen ${hardwareId}.`);
    }
    return await CaptureSession.open(configuration, {
      env: this.#env,
      inputOf: (wanted) => inputOfScreen(hardwareId, wanted),
    });
  }

  async close(): Promise<void> {
    await this.#helper.close();
  }
}
