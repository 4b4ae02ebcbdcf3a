import { DeviceError } from "../contract/device-error.ts";
import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
} from "../contract/device.ts";
import type {
  OutputDescription,
  PlaybackConfiguration,
  PlaybackSession,
} from "../contract/output.ts";
import { type DeviceSession } from "../contract/session.ts";
import type { Clock } from "../engine/contract.ts";
import type { VirtualCamera } from "./virtual-camera.ts";
import type { VirtualMicrophone } from "./virtual-microphone.ts";
import type { VirtualOutput, VirtualPlayback } from "./virtual-output.ts";
import { VirtualSession } from "./virtual-session.ts";

/** A sound, and the output that it is played on. */
interface Playing {
  readonly output: VirtualOutput;
  readonly playback: VirtualPlayback;
}

type AnyDevice = VirtualCamera | VirtualMicrophone;

/** Virtual devices, as the engine sees them. */
export class VirtualBackend implements Backend {
  readonly name = "virtual";
  readonly #clock: Clock;
  readonly #devices: AnyDevice[] = [];
  readonly #outputs: VirtualOutput[] = [];
  #playing: readonly Playing[] = [];
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

  get outputs(): readonly VirtualOutput[] {
    return this.#outputs;
  }

  addOutput(output: VirtualOutput): void {
    this.#outputs.push(output);
    this.changed();
  }

  /** Makes an output the default; what is played on the default from now on is played there. */
  setDefaultOutput(output: VirtualOutput): void {
    this.#outputs.splice(this.#outputs.indexOf(output), 1);
    this.#outputs.unshift(output);
    this.changed();
  }

  /** An output was plugged in or out. */
  outputChanged(output: VirtualOutput): void {
    if (!output.isPlugged) {
      const gone = this.#playing.filter((each) => each.output === output);
      this.#playing = this.#playing.filter((each) => each.output !== output);
      for (const { playback } of gone) playback.end(goneError(output));
    }
    this.changed();
  }

  async listOutputs(): Promise<readonly OutputDescription[]> {
    const plugged = this.#outputs.filter(({ isPlugged }) => isPlugged);
    return plugged.map((output, index) => output.describe(index === 0));
  }

  async openOutput(
    hardwareId: string | undefined,
    configuration: PlaybackConfiguration,
  ): Promise<PlaybackSession> {
    const plugged = this.#outputs.filter(({ isPlugged }) => isPlugged);
    const output =
      hardwareId === undefined
        ? plugged[0]
        : plugged.find((each) => each.hardwareId === hardwareId);
    if (output === undefined) {
      throw new DeviceError(
        "not-found",
        "There is no such virtual output; add one by addOutput().",
      );
    }
    const playback = output.open(configuration, this.#clock);
    this.#playing = [...this.#playing, { output, playback }];
    return playback;
  }

  /** Removes all devices, without a word to those who watch. */
  clear(): void {
    for (const { output, playback } of this.#playing) playback.end(goneError(output));
    this.#playing = [];
    this.#outputs.length = 0;
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

function goneError({ label }: VirtualOutput): DeviceError {
  return new DeviceError("not-found", `The virtual output "${label}" has gone: it was unplugged.`);
}
