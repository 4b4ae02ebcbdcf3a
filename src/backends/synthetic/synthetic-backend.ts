import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
} from "../../contract/device.ts";
import { DeviceError } from "../../contract/device-error.ts";
import { type DeviceSession } from "../../contract/session.ts";
import type { SyntheticClock } from "./pacer.ts";
import {
  beepFrequency,
  describeSyntheticDevices,
  type SyntheticDevice,
} from "./synthetic-devices.ts";
import { SyntheticSession } from "./synthetic-session.ts";

export interface SyntheticBackendOptions {
  readonly clock: SyntheticClock;
  /** Same seed, same pictures. Default 0. */
  readonly seed?: number;
  /** True has users asked as for a real device. Default false: there is nobody to be seen. */
  readonly needsPermission?: boolean;
}

/**
 * Cameras and microphones that need no hardware and no native code: a moving test picture with a
 * frame counter, a clock and a flash each second, and a beep in sync with it.
 */
export class SyntheticBackend implements Backend {
  readonly name = "synthetic";
  readonly #clock: SyntheticClock;
  readonly #seed: number;
  readonly #devices: readonly SyntheticDevice[];
  readonly #sessions = new Map<string, DeviceSession>();

  constructor({ clock, seed = 0, needsPermission = false }: SyntheticBackendOptions) {
    this.#clock = clock;
    this.#seed = seed;
    this.#devices = describeSyntheticDevices(needsPermission);
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    return this.#devices;
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const index = this.#devices.findIndex((device) => device.hardwareId === hardwareId);
    const device = this.#devices[index];
    if (device === undefined) {
      throw new DeviceError("not-found", `There is no synthetic device named ${hardwareId}.`);
    }
    if ((device.kind === "audioinput") !== (configuration.kind === "audio")) {
      throw new DeviceError("failed", `${device.label} can't deliver ${configuration.kind}.`);
    }
    if (this.#sessions.has(hardwareId)) {
      throw new DeviceError("busy", `${device.label} is open already; close it there first.`);
    }
    const session = new SyntheticSession(configuration, {
      clock: this.#clock,
      seed: this.#seed + index,
      beepHz: beepFrequency(hardwareId),
      onClose: () => this.#sessions.delete(hardwareId),
    });
    this.#sessions.set(hardwareId, session);
    return session;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }
}
