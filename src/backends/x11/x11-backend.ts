import { CaptureSession } from "../../capture-process/program/capture-session.ts";
import { isNativeInstalled, missingNative } from "../../capture-process/native-package.ts";
import {
  createHelperProcess,
  type LeasedProcess,
} from "../../capture-process/program/leased-process.ts";
import type { ListedDevice } from "../../capture-process/child/list-devices.ts";
import { DeviceError } from "../../contract/device-error.ts";
import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
  type ListingProblem,
} from "../../contract/device.ts";
import { type DeviceSession } from "../../contract/session.ts";
import { describeScreen, inputOfScreen } from "./screen.ts";

export interface X11BackendOptions {
  /** Default: the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Asked for the screens. Default: one of its own. */
  readonly helper?: LeasedProcess;
}

/** The screens of an X server. */
export function createX11Backend(options: X11BackendOptions = {}): Backend {
  return new X11Backend(options);
}

class X11Backend implements Backend {
  readonly name = "x11";
  readonly #env: NodeJS.ProcessEnv;
  readonly #helper: LeasedProcess;
  #problem: string | undefined;

  constructor({ env = process.env, helper = createHelperProcess(env) }: X11BackendOptions) {
    this.#env = env;
    this.#helper = helper;
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    this.#problem = this.#obstacle();
    if (this.#problem !== undefined) return [];
    const devices = (await this.#helper.ask({ type: "list" })) as readonly ListedDevice[];
    const screens = devices.flatMap((device) => describeScreen(device));
    if (screens.length === 0) {
      this.#problem = `No X server answers at DISPLAY=${this.#env["DISPLAY"]}`;
    }
    return screens;
  }

  get problems(): readonly ListingProblem[] {
    return this.#problem === undefined ? [] : [{ kinds: ["display"], message: this.#problem }];
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

  /** What makes it needless to look for screens. */
  #obstacle(): string | undefined {
    // Under Wayland an X server shows X's own windows at most, on black.
    if (this.#env["WAYLAND_DISPLAY"]) {
      return "WAYLAND_DISPLAY is set: the screens of a Wayland session are the pipewire backend's";
    }
    if (!this.#env["DISPLAY"]) return "DISPLAY isn't set: set it to the X server's, such as :0";
    return isNativeInstalled() ? undefined : missingNative().message;
  }
}
