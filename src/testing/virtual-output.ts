import type { DeviceError } from "../contract/device-error.ts";
import type {
  OutputDescription,
  PlaybackConfiguration,
  PlaybackEvents,
  PlaybackSession,
} from "../contract/output.ts";
import type { Clock } from "../engine/contract.ts";

/** What a sound output of a test is. */
export interface MockOutputConfiguration {
  /** What a person calls it. Default `"Virtual output 1"` … */
  readonly label?: string;
  /** Default: the label. */
  readonly deviceId?: string;
  /** Equal for a headset and its microphone. Default: a group of its own. */
  readonly groupId?: string;
}

/** One sound that an output was given, as far as it was heard. */
export interface PlayedSound {
  /** Hz */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Interleaved, from -1 to 1: what was heard until now. What was cleared isn't there. */
  readonly samples: Float32Array;
}

/** ms between two looks at what is heard meanwhile */
const STEP_MS = 10;

/** A sound output as a test controls it: it plays into memory, at the pace of the kit's clock. */
export class VirtualOutput {
  readonly label: string;
  /** @internal */
  readonly hardwareId: string;
  readonly #groupId: string;
  readonly #changed: (output: VirtualOutput) => void;
  readonly #exposedId: (hardwareId: string) => string;
  readonly #played: VirtualPlayback[] = [];
  #isPlugged = true;

  /** Outputs come from `addOutput()`. @internal */
  constructor(
    names: { readonly label: string; readonly hardwareId: string; readonly groupId: string },
    owner: {
      changed(output: VirtualOutput): void;
      exposedId(hardwareId: string): string;
    },
  ) {
    this.label = names.label;
    this.hardwareId = names.hardwareId;
    this.#groupId = names.groupId;
    this.#changed = (output) => owner.changed(output);
    this.#exposedId = (hardwareId) => owner.exposedId(hardwareId);
  }

  /** The id that `enumerateDevices()` gives and `setSinkId()` takes. */
  get deviceId(): string {
    return this.#exposedId(this.hardwareId);
  }

  /** False after `unplug()`. */
  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  /** The sounds that began here, in their order. */
  get played(): readonly PlayedSound[] {
    return this.#played.map((playback) => playback.heard);
  }

  /** Pulls the plug: what was chosen to be played here ends, `devicechange` fires. */
  unplug(): void {
    if (!this.#isPlugged) return;
    this.#isPlugged = false;
    this.#changed(this);
  }

  /** Puts it back. */
  plug(): void {
    if (this.#isPlugged) return;
    this.#isPlugged = true;
    this.#changed(this);
  }

  /** @internal */
  describe(isDefault: boolean): OutputDescription {
    const { hardwareId, label } = this;
    return { kind: "audiooutput", hardwareId, hardwareGroupId: this.#groupId, label, isDefault };
  }

  /** @internal */
  open(configuration: PlaybackConfiguration, clock: Clock): VirtualPlayback {
    const playback = new VirtualPlayback(configuration, clock);
    this.#played.push(playback);
    return playback;
  }
}

/** A sound on a virtual output. @internal */
export class VirtualPlayback implements PlaybackSession {
  readonly configuration: PlaybackConfiguration;
  readonly #clock: Clock;
  #events: PlaybackEvents | undefined;
  /** Interleaved samples that wait, and those that were heard. */
  #waiting: number[] = [];
  readonly #heard: number[] = [];
  readonly #draining = new Set<() => void>();
  #sinceUs: number | undefined;
  #cancelTimer: (() => void) | undefined;
  #isPaused = false;
  #isClosed = false;

  constructor(configuration: PlaybackConfiguration, clock: Clock) {
    this.configuration = configuration;
    this.#clock = clock;
  }

  get heard(): PlayedSound {
    const { channelCount, sampleRate } = this.configuration;
    return { sampleRate, channelCount, samples: Float32Array.from(this.#heard) };
  }

  get waiting(): number {
    return Math.max(0, this.#waiting.length / this.configuration.channelCount - this.#leadFrames);
  }

  start(events: PlaybackEvents): void {
    this.#events = events;
    events.wanted?.(this.#leadFrames);
  }

  write(samples: Uint8Array): void {
    if (this.#isClosed) return;
    const { buffer } = new Uint8Array(samples);
    const isS16 = this.configuration.format === "s16";
    const values = isS16 ? new Int16Array(buffer) : new Float32Array(buffer);
    for (const value of values) this.#waiting.push(isS16 ? value / 32_768 : value);
    this.#run();
  }

  clear(): void {
    this.#waiting = [];
    this.#settle();
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#sinceUs = undefined;
    this.#run();
  }

  drained(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#draining.add(resolve));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.clear();
  }

  /** The output is gone. */
  end(reason: DeviceError): void {
    if (this.#isClosed) return;
    void this.close();
    this.#events?.ended(reason);
  }

  get #leadFrames(): number {
    return Math.round(this.configuration.lead * this.configuration.sampleRate);
  }

  #run(): void {
    if (this.#isPaused || this.#isClosed || this.#cancelTimer || this.#waiting.length === 0) return;
    this.#sinceUs ??= this.#clock.nowUs();
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.#cancelTimer = undefined;
      this.#hear();
      this.#run();
    }, STEP_MS);
  }

  #hear(): void {
    const { channelCount, sampleRate } = this.configuration;
    if (this.#sinceUs === undefined || this.#isPaused) return;
    const frames = Math.floor(((this.#clock.nowUs() - this.#sinceUs) * sampleRate) / 1e6);
    this.#sinceUs += (frames * 1e6) / sampleRate;
    for (const value of this.#waiting.splice(0, frames * channelCount)) this.#heard.push(value);
    if (this.#waiting.length === 0) this.#settle();
    if (this.waiting === 0) this.#events?.wanted?.(frames);
  }

  #settle(): void {
    this.#sinceUs = undefined;
    for (const resolve of this.#draining) resolve();
    this.#draining.clear();
  }
}
