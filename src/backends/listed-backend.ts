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
import { isNativeInstalled } from "../capture-process/native-package.ts";
import type { InputSpec } from "../capture-process/wire/command.ts";
import type { Backend, DeviceConfiguration, DeviceDescription } from "../contract/device.ts";
import type { DeviceSession } from "../contract/session.ts";
import { describeListedCamera } from "./listed-camera.ts";
import { describeListedMicrophone } from "./listed-microphone.ts";

export interface ListedBackendOptions {
  readonly name: string;
  /** How FFmpeg opens a device that it lists by this name. */
  readonly inputOf: (device: string, configuration: DeviceConfiguration) => InputSpec;
  readonly helper?: LeasedProcess;
}

/** Cameras and microphones of a system whose devices FFmpeg itself lists. */
export function createListedBackend(options: ListedBackendOptions): Backend {
  const { name, inputOf, helper = createHelperProcess() } = options;
  const ask = async (type: "modes" | "audioModes", device: string): Promise<unknown[]> =>
    (await helper.ask({ type, device }).catch(() => [])) as unknown[];

  return {
    name,

    async listDevices(): Promise<readonly DeviceDescription[]> {
      if (!isNativeInstalled()) return [];
      const listed = (await helper.ask({ type: "list" })) as readonly ListedDevice[];
      const devices: DeviceDescription[] = [];
      for (const device of listed) {
        if (device.type === "video") {
          const modes = (await ask("modes", device.name)) as ListedMode[];
          devices.push(describeListedCamera(device, modes));
        } else if (device.type === "audio") {
          const modes = (await ask("audioModes", device.name)) as ListedAudioMode[];
          devices.push(describeListedMicrophone(device, modes));
        }
      }
      return devices;
    },

    async open(hardwareId, configuration): Promise<DeviceSession> {
      return await CaptureSession.open(configuration, {
        inputOf: (wanted) => inputOf(hardwareId, wanted),
      });
    },

    async close() {
      await helper.close();
    },
  };
}
