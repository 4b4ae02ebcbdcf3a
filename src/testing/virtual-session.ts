import type { DeviceConfiguration } from "../contract/device.ts";
import type { DeviceError } from "../contract/device-error.ts";
import type { DeviceEvents, DeviceSession, LostFrames } from "../contract/session.ts";
import type { Clock } from "../engine/contract.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import type { DeviceListener, VirtualDevice } from "./virtual-device.ts";

/** Makes the frame that is due; `index` counts frames (of `durationUs` each) since the opening. */
export type FrameMaker = (
  index: number,
  timestamp: number,
  configuration: DeviceConfiguration,
) => VideoFrame | AudioData;

/** µs of sound in one block. */
const BLOCK_US = 10_000;

/** A virtual device at work: frames on an absolute schedule of the clock. */
export class VirtualSession implements DeviceSession, DeviceListener {
  readonly #device: VirtualDevice;
  readonly #clock: Clock;
  readonly #makeFrame: FrameMaker;
  readonly #release: () => void;
  #configuration: DeviceConfiguration;
  #events: DeviceEvents | undefined;
  #isWanted = false;
  #index = 0;
  /** µs, when the frame of {@link #index} is due. */
  #dueUs = 0;
  #cancelTimer: (() => void) | undefined;
  #isClosed = false;
  #goneReason: DeviceError | undefined;

  constructor(
    device: VirtualDevice,
    configuration: DeviceConfiguration,
    clock: Clock,
    makeFrame: FrameMaker,
  ) {
    this.#device = device;
    this.#configuration = configuration;
    this.#clock = clock;
    this.#makeFrame = makeFrame;
    this.#release = device.claim(this);
  }

  get configuration(): DeviceConfiguration {
    return this.#configuration;
  }

  start(events: DeviceEvents): void {
    if (this.#isClosed) {
      if (this.#goneReason !== undefined) events.ended(this.#goneReason);
      return;
    }
    this.#events = events;
    this.#dueUs = this.#clock.nowUs();
    if (this.#device.isMuted) events.muted(true);
    this.#schedule();
  }

  wantFrames(isWanted: boolean): void {
    this.#isWanted = isWanted;
  }

  async reconfigure(configuration: DeviceConfiguration): Promise<void> {
    this.#configuration = configuration;
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#stop();
  }

  mutedChanged(): void {
    this.#events?.muted(this.#device.isMuted);
  }

  paceChanged(): void {
    // What a frozen device would have given is lost, not owed.
    this.#dueUs = Math.max(this.#dueUs, this.#clock.nowUs());
    this.#schedule();
  }

  gone(reason: DeviceError): void {
    const events = this.#events;
    this.#goneReason = reason;
    this.#stop();
    events?.ended(reason);
  }

  #stop(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#events = undefined;
    this.#release();
  }

  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#events === undefined || this.#device.pace.isFrozen) return;
    const delayMs = Math.max(0, (this.#dueUs - this.#clock.nowUs()) / 1000);
    this.#cancelTimer = this.#clock.setTimeout(() => this.#deliver(), delayMs);
  }

  #deliver(): void {
    const index = this.#index;
    const timestamp = Math.round(this.#dueUs);
    this.#index += 1;
    this.#dueUs += frameDurationUs(this.#configuration) * this.#device.pace.factor;
    const isLost = this.#device.pace.takeDrop();
    if (this.#isWanted && !this.#device.isMuted) {
      if (isLost) this.#events?.lost?.(oneLost(this.#configuration));
      else this.#events?.frame(this.#makeFrame(index, timestamp, this.#configuration));
    }
    this.#schedule();
  }
}

function oneLost(configuration: DeviceConfiguration): LostFrames {
  if (configuration.kind === "video") return { count: 1 };
  const samples = (configuration.mode.sampleRate * BLOCK_US) / 1e6;
  return { count: 1, samples, durationUs: BLOCK_US };
}

/** µs from frame to frame, or of one block of sound. */
export function frameDurationUs(configuration: DeviceConfiguration): number {
  return configuration.kind === "video" ? 1e6 / configuration.mode.frameRate : BLOCK_US;
}
