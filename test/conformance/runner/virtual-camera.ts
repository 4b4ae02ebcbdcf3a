import type {
  Backend,
  DeviceConfiguration,
  DeviceDescription,
} from "../../../src/contract/device.ts";
import type { DeviceSession } from "../../../src/contract/session.ts";

/** Frames per second of Chromium's fake camera, which has lower rates only by leaving pictures out. */
const LOWEST_RATE = 20;

/** Another backend's devices, their cameras without slow modes. */
export class VirtualCamera implements Backend {
  readonly name = "virtual-camera";
  readonly #devices: Backend;

  constructor(devices: Backend) {
    this.#devices = devices;
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    const devices = await this.#devices.listDevices();
    return devices.map((device) =>
      device.kind === "videoinput"
        ? { ...device, modes: device.modes.filter(({ frameRate }) => frameRate >= LOWEST_RATE) }
        : device,
    );
  }

  open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    return this.#devices.open(hardwareId, configuration);
  }

  async close(): Promise<void> {
    await this.#devices.close?.();
  }
}
