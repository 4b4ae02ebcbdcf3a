import { CaptureSession } from "../capture-process/program/capture-session.ts";
import type {
  ListedAudioMode,
  ListedDevice,
  ListedMode,
} from "../capture-process/child/list-devices.ts";
import {
  createHelperProcess,
  type LeasedProcess,
} from "../capture-process/program/leased-process.ts";
import { isNativeInstalled, missingNative } from "../capture-process/native-package.ts";
import type { InputSpec } from "../capture-process/wire/command.ts";
import { DeviceError } from "../contract/device-error.ts";
import type {
  Backend,
  DeviceConfiguration,
  DeviceDescription,
  ListingProblem,
} from "../contract/device.ts";
import type { DeviceSession } from "../contract/session.ts";
import {
  describeListedCamera,
  describeListedMicrophone,
  findListed,
  type ListedPlace,
} from "./listed-devices.ts";

export interface ListedBackendOptions {
  readonly name: string;
  /** How FFmpeg opens a device of its list. */
  readonly inputOf: (device: ListedPlace, configuration: DeviceConfiguration) => InputSpec;
  readonly helper?: Pick<LeasedProcess, "ask" | "close">;
}

/** ms between two looks at the list: neither system tells FFmpeg of a change. */
const WATCH_MS = 900;

/** Cameras and microphones of a system whose devices FFmpeg itself lists. */
export function createListedBackend(options: ListedBackendOptions): Backend {
  return new ListedBackend(options);
}

class ListedBackend implements Backend {
  readonly name: string;
  readonly #inputOf: ListedBackendOptions["inputOf"];
  readonly #helper: Pick<LeasedProcess, "ask" | "close">;

  constructor({ name, inputOf, helper = createHelperProcess() }: ListedBackendOptions) {
    this.name = name;
    this.#inputOf = inputOf;
    this.#helper = helper;
  }

  get problems(): readonly ListingProblem[] {
    if (isNativeInstalled()) return [];
    return [{ kinds: ["videoinput", "audioinput"], message: missingNative().message }];
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    if (!isNativeInstalled()) return [];
    const devices: DeviceDescription[] = [];
    for (const device of await this.#list()) {
      if (device.type === "video") {
        const modes = (await this.#modes("modes", device)) as ListedMode[];
        devices.push(describeListedCamera(device, modes));
      } else if (device.type === "audio") {
        const modes = (await this.#modes("audioModes", device)) as ListedAudioMode[];
        devices.push(describeListedMicrophone(device, modes));
      }
    }
    return devices;
  }

  watchDevices(onChange: () => void): () => void {
    let last: string | undefined;
    let isStopped = false;
    let timer: NodeJS.Timeout | undefined;
    const look = async (): Promise<void> => {
      const listed = isNativeInstalled() ? await this.#list().catch(() => undefined) : undefined;
      if (isStopped) return;
      const now =
        listed && JSON.stringify(listed.map(({ type, description }) => [type, description]));
      if (last !== undefined && now !== undefined && last !== now) onChange();
      // What couldn't be listed is no change.
      last = now ?? last;
      timer = setTimeout(() => void look(), WATCH_MS);
    };
    void look();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const device = findListed(await this.#list(), configuration.kind, hardwareId);
    if (device === undefined) {
      throw new DeviceError("not-found", "The device is not there: plug it in, then try again.");
    }
    return await CaptureSession.open(configuration, {
      inputOf: (wanted) => this.#inputOf(device, wanted),
    });
  }

  async close(): Promise<void> {
    await this.#helper.close();
  }

  async #list(): Promise<readonly ListedDevice[]> {
    return (await this.#helper.ask({ type: "list" })) as readonly ListedDevice[];
  }

  /** A device that doesn't tell its modes is listed with usual ones. */
  async #modes(type: "modes" | "audioModes", { name }: ListedDevice): Promise<unknown[]> {
    return (await this.#helper.ask({ type, device: name }).catch(() => [])) as unknown[];
  }
}
