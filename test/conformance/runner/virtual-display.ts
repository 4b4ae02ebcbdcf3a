import type {
  Backend,
  DeviceConfiguration,
  DeviceDescription,
} from "../../../src/contract/device.ts";
import type { DeviceSession } from "../../../src/contract/session.ts";

const SURFACES = ["monitor", "window", "browser"] as const;

/**
 * Surfaces to share, one of each type, which show what another backend's first camera sees, and a
 * sound output, which plays what its first microphone hears.
 */
export class VirtualDisplay implements Backend {
  readonly name = "virtual-display";
  readonly #inputs: Backend;

  constructor(inputs: Backend) {
    this.#inputs = inputs;
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    const devices = await this.#inputs.listDevices();
    return [...surfacesOf(devices), ...outputsOf(devices)];
  }

  open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const input = hardwareId.slice(hardwareId.indexOf(":") + 1);
    return this.#inputs.open(input, configuration);
  }

  async close(): Promise<void> {
    await this.#inputs.close?.();
  }
}

function surfacesOf(devices: readonly DeviceDescription[]): DeviceDescription[] {
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

function outputsOf(devices: readonly DeviceDescription[]): DeviceDescription[] {
  const microphone = devices.find(({ isDefault, kind }) => isDefault && kind === "audioinput");
  if (microphone?.kind !== "audioinput") return [];
  const { hardwareGroupId, hardwareId, modes } = microphone;
  return [
    {
      hardwareId: `output:${hardwareId}`,
      hardwareGroupId,
      isDefault: true,
      label: "Virtual output",
      kind: "systemaudio",
      modes,
    },
  ];
}
