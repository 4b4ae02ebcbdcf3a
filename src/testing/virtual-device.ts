import { DeviceError } from "../contract/device-error.ts";
import { type AudioMode, type VideoMode } from "../contract/device.ts";
import { Pace } from "./pace.ts";

/** What a backend's session must hear of its device. */
export interface DeviceListener {
  mutedChanged(): void;
  paceChanged(): void;
  gone(reason: DeviceError): void;
}

/** Who a device belongs to. */
export interface DeviceOwner {
  /** Plugged in, unplugged, or of other modes. */
  changed(): void;
  /** The id by which scripts know a device. */
  exposedId(hardwareId: string): string;
}

/** What a device is called. */
interface DeviceNames {
  readonly hardwareId: string;
  readonly label: string;
}

/**
 * One device as a test controls it: unplug it, break it, slow it down. Running tracks are affected,
 * too; as in a browser, their `muted` and `readyState` change in the task that fires the event.
 */
export abstract class VirtualDevice<
  Mode extends VideoMode | AudioMode = VideoMode | AudioMode,
  MockMode = never,
> {
  readonly label: string;
  /**
   * What the kit's own engine knows it by: `deviceId` as the test gave it.
   * @internal
   */
  readonly hardwareId: string;
  readonly #owner: DeviceOwner;
  readonly #listeners = new Set<DeviceListener>();
  readonly pace = new Pace(() => this.#tell((listener) => listener.paceChanged()));
  #modes: readonly Mode[];
  #isPlugged = true;
  #isMuted = false;
  #isBusy = false;
  #failure: DeviceError | undefined;

  constructor({ hardwareId, label }: DeviceNames, modes: readonly Mode[], owner: DeviceOwner) {
    this.label = label;
    this.hardwareId = hardwareId;
    this.#modes = modes;
    this.#owner = owner;
  }

  /**
   * The id by which scripts know it, in `enumerateDevices()`, `getSettings()` and constraints: what
   * the test gave it, until `permission.clearSiteData()` gives all devices other ids.
   */
  get deviceId(): string {
    return this.#owner.exposedId(this.hardwareId);
  }

  /** The native modes, as a test may replace them. */
  get modes(): readonly Mode[] {
    return this.#modes;
  }
  /** False after `unplug()`. */
  get isPlugged(): boolean {
    return this.#isPlugged;
  }
  /** True between `mute()` and `unmute()`. */
  get isMuted(): boolean {
    return this.#isMuted;
  }
  /** True while something captures from it. */
  get isLive(): boolean {
    return this.#listeners.size > 0;
  }

  /** Pulls the plug: its tracks end, it leaves the list, `devicechange` fires. */
  unplug(): void {
    if (!this.#isPlugged) return;
    this.#isPlugged = false;
    this.#tell((listener) => listener.gone(new DeviceError("not-found", this.#says("unplugged"))));
    this.#owner.changed();
  }

  /**
   * For the backend: it is no longer one of the devices, and nothing captures from it.
   * @internal
   */
  removed(): void {
    this.#isPlugged = false;
    this.#tell((listener) => listener.gone(new DeviceError("not-found", this.#says("removed"))));
  }

  /** Puts it back: the same device, with the same id. */
  plug(): void {
    if (this.#isPlugged) return;
    this.#isPlugged = true;
    this.#owner.changed();
  }

  /** As a hardware switch or the system does: no data, and `mute` on its tracks. */
  mute(): void {
    this.#setMuted(true);
  }

  /** Gives data again after `mute()`: tracks fire `unmute`. */
  unmute(): void {
    this.#setMuted(false);
  }

  /**
   * Another program has it: opening it fails with `NotReadableError`. Tracks that run go on, and a
   * further request shares their source, so it succeeds, as in Chromium.
   */
  setBusy(isBusy = true): void {
    this.#isBusy = isBusy;
  }

  /**
   * Breaks it: running tracks end, opening it fails, until {@link recover}.
   * A message alone is a failure of any kind (`AbortError`).
   */
  failWith(error: DeviceError | string): void {
    this.#failure = typeof error === "string" ? new DeviceError("failed", error) : error;
    const reason = this.#failure;
    this.#tell((listener) => listener.gone(reason));
  }

  /** Mends what {@link failWith} broke. */
  recover(): void {
    this.#failure = undefined;
  }

  /**
   * Other modes from now on, as after a change of firmware or dock: what is asked for next is chosen
   * by them. The list of devices is the same, so there is no `devicechange`.
   */
  changeModes(modes: readonly MockMode[]): void {
    this.#modes = modes.map((mode) => this.complete(mode));
    this.#owner.changed();
  }

  /** Its driver hangs: no data and no word of it, until {@link unfreeze}. */
  freeze(): void {
    this.pace.setFrozen(true);
  }

  /** Goes on after `freeze()`. */
  unfreeze(): void {
    this.pace.setFrozen(false);
  }

  /** Runs at `1 / factor` of its speed. */
  slowDown(factor: number): void {
    this.pace.setFactor(factor);
  }

  /** Loses the next `count` pictures or blocks of sound. */
  dropFrames(count: number): void {
    this.pace.dropNext(count);
  }

  /**
   * For the backend: claims the device for a session.
   * @throws DeviceError when it is unplugged, busy or broken
   * @internal
   */
  claim(listener: DeviceListener): () => void {
    if (!this.#isPlugged) throw new DeviceError("not-found", this.#says("not plugged in"));
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isBusy || this.isLive) throw new DeviceError("busy", this.#says("in use already"));
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Fills in what a mode doesn't say. */
  protected abstract complete(mode: MockMode): Mode;

  #setMuted(isMuted: boolean): void {
    if (this.#isMuted === isMuted) return;
    this.#isMuted = isMuted;
    this.#tell((listener) => listener.mutedChanged());
  }

  #tell(word: (listener: DeviceListener) => void): void {
    for (const listener of [...this.#listeners]) word(listener);
  }

  #says(state: string): string {
    return `The virtual device "${this.label}" is ${state}.`;
  }
}
