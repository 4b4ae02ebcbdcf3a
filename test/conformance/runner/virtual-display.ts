import type {
  Backend,
  DeviceConfiguration,
  DeviceDescription,
  DeviceSession,
} from "../../../src/backends/contract.ts";

const SURFACES = ["monitor", "window", "browser"] as const;

/** Surfaces to share, one of each type, which show what another backend's first camera sees. */
export class VirtualDisplay implements Backend {
  readonly name = "virtual-display";
  readonly #camera: Backend;

  constructor(camera: Backend) {
    this.#camera = camera;
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    const devices = await this.#camera.listDevices();
    const camera = devices.find(({ isDefault, kind }) => isDefault && kind === "videoinput");
    if (camera?.kind !== "videoinput") return [];
    const { hardwareGroupId, hardwareId, modes } = camera;
    return SURFACES.map((displaySurface, index) => ({
      hardwareId: `${displaySurface}:${hardwareId}`,
      hardwareGroupId,
      isDefault: index === 0,
      label: `Virtual ${displaySurface}`,
      kind: "display",
      displaySurface,
      modes,
    }));
  }

  open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const camera = hardwareId.slice(hardwareId.indexOf(":") + 1);
    return this.#camera.open(camera, configuration);
  }

  async close(): Promise<void> {
    await this.#camera.close?.();
  }
}
