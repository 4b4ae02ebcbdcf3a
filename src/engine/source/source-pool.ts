import type { Backend, ChoiceOptions } from "../../contract/device.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { ChosenDevice, Device, EngineOptions, SourcePool, Track } from "../contract.ts";
import { DeviceSource } from "./device-source.ts";

/** One source for each device that was ever opened. */
export class DeviceSourcePool implements SourcePool {
  readonly #backends: ReadonlyMap<string, Backend>;
  readonly #options: EngineOptions;
  readonly #sources = new Map<string, DeviceSource>();
  #closed = false;

  constructor(backends: readonly Backend[], options: EngineOptions) {
    this.#backends = new Map(backends.map((backend) => [backend.name, backend]));
    this.#options = options;
  }

  async openTrack(device: Device, settings: MediaTrackSettings): Promise<Track> {
    if (this.#closed) throw new DeviceError("failed", "This program's capture is closed.");
    try {
      return await this.#sourceOf(device).openTrack(settings);
    } catch (error) {
      if (error instanceof DeviceError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new DeviceError("failed", message, { cause: error });
    }
  }

  async choose(device: Device, options: ChoiceOptions): Promise<ChosenDevice> {
    const { backendName, description } = device;
    const choice = await this.#backends.get(backendName)?.choose?.(description.hardwareId, options);
    if (choice === undefined) {
      throw new DeviceError("not-found", `${description.label} isn't chosen by the desktop.`);
    }
    const { description: chosen, ...rest } = choice;
    const key = `${backendName}:${chosen.hardwareId}`;
    return { ...rest, device: { backendName, description: chosen, key } };
  }

  /** Stops every source. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#sources.values()].map((source) => source.close()));
    this.#sources.clear();
  }

  #sourceOf(device: Device): DeviceSource {
    const known = this.#sources.get(device.key);
    if (known !== undefined) {
      known.device = device;
      return known;
    }
    const backend = this.#backends.get(device.backendName);
    if (backend === undefined) {
      throw new DeviceError("not-found", `There is no backend named ${device.backendName} here.`);
    }
    const source = new DeviceSource(device, backend, this.#options);
    this.#sources.set(device.key, source);
    return source;
  }
}
