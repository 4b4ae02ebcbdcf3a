import { DeviceError } from "../contract/device-error.ts";
import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
} from "../contract/device.ts";
import { type DeviceSession } from "../contract/session.ts";
import type { Clock } from "../engine/contract.ts";
import type { VirtualCamera } from "./virtual-camera.ts";
import type { VirtualMicrophone } from "./virtual-microphone.ts";
import { VirtualSession } from "./virtual-session.ts";

type AnyDevice = VirtualCamera | VirtualMicrophone;

/** Virtual devices, as the engine sees them. */
export class VirtualBackend implements Backend {
  readonly name = "virtual";
  readonly #clock: Clock;
  readonly #devices: AnyDevice[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get devices(): readonly AnyDevice[] {
    return this.#devices;
  }

  add(device: AnyDevice): void {
    this.#devices.push(device);
    this.changed();
  }

  /** Makes a device the system's default of its kind. */
  setDefault(device: AnyDevice): void {
    this.#devices.splice(this.#devices.indexOf(device), 1);
    this.#devices.unshift(device);
    this.changed();
  }

  /** Removes all devices, without a word to those who watch. */
  clear(): void {
    for (const device of this.#devices.splice(0)) device.removed();
  }

  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    return this.describeDevices();
  }

  /** What is plugged in, the default of each kind first. */
  describeDevices(): readonly DeviceDescription[] {
    const plugged = this.#devices.filter((device) => device.isPlugged);
    return plugged.map((device) => {
      const first = plugged.find(({ kind }) => kind === device.kind);
      return device.describe(first === device);
    });
  }

  watchDevices(onChange: () => void): () => void {
    const watcher = (): void => onChange();
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const device = this.#devices.find((each) => each.hardwareId === hardwareId);
    if (device === undefined) {
      throw new DeviceError("not-found", `There is no virtual device "${hardwareId}".`);
    }
    const makeFrame = device.makeFrame.bind(device);
    return new VirtualSession(device, configuration, this.#clock, makeFrame);
  }
}
