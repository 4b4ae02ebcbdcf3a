import type {
  Backend,
  DeviceConfiguration,
  DeviceDescription,
  DeviceSession,
} from "../../../src/backends/contract.ts";

/** A screen to share, which shows what another backend's first camera sees. */
export class VirtualDisplay implements Backend {
  readonly name = "virtual-display";
  readonly #camera: Backend;

  constructor(camera: Backend) {
    this.#camera = camera;
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    const devices = await this.#camera.listDevices();
    return devices.flatMap((device) => {
      if (device.kind !== "videoinput" || !device.isDefault) return [];
      const { hardwareGroupId, hardwareId, isDefault, modes } = device;
      const base = { hardwareGroupId, hardwareId, isDefault, modes, label: "Virtual screen" };
      return [{ ...base, kind: "display" as const, displaySurface: "monitor" as const }];
    });
  }

  open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    return this.#camera.open(hardwareId, configuration);
  }

  async close(): Promise<void> {
    await this.#camera.close?.();
  }
}
