import type { DeviceConfiguration } from "../../contract/device.ts";
import type { AudioData } from "../../media/audio-data.ts";
import { blackFrame } from "../../media/black-frame.ts";
import { silence } from "../../media/silence.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { Clock } from "../contract.ts";

/** Silence comes in pieces of this length. */
const SILENCE_US = 20_000;
/** Sound that comes again may be this much later than usual; silence doesn't run ahead of it. */
const SOUND_DELAY_US = 100_000;
/** A longer gap stays one: nobody waits for that much silence at once. */
const LONGEST_GAP_US = 30_000_000;

type VideoShape = {
  readonly kind: "video";
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
};
type AudioShape = {
  readonly kind: "audio";
  readonly sampleRate: number;
  readonly channelCount: number;
};
export type FillerShape = VideoShape | AudioShape;

/** The shape of what a device gives in a configuration. */
export function fillerShape(configuration: DeviceConfiguration): FillerShape {
  return configuration.kind === "video"
    ? { kind: "video", ...configuration.mode }
    : { kind: "audio", ...configuration.mode };
}

/**
 * Black pictures or silence in place of what a muted source doesn't give: at its rate, on an
 * absolute schedule, and in the time of its own frames, whatever they count from. Silence begins
 * with the sample after the last that was heard, and ends with the one before the next.
 *
 * @see https://w3c.github.io/mediacapture-main/#track-muted
 */
export class Filler {
  readonly #clock: Clock;
  readonly #deliver: (frame: VideoFrame | AudioData) => void;
  #cancel: (() => void) | undefined;
  /** From the clock's time to the frames'. */
  #offsetUs = 0;
  /** The end of the sound so far. */
  #endUs: number | undefined;
  /** Of the silence since the last sound. */
  #silent: AudioShape | undefined;

  constructor(clock: Clock, deliver: (frame: VideoFrame | AudioData) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  /**
   * The source gives a frame by itself, which is about to be delivered. False for sound that comes
   * too late: silence stands in its place.
   */
  follow(frame: VideoFrame | AudioData): boolean {
    let endUs = frame.timestamp;
    if (!(frame instanceof VideoFrame)) {
      if (this.#silent !== undefined) {
        if (frame.timestamp < (this.#endUs ?? -Infinity)) return false;
        this.#silenceUntil(frame.timestamp, this.#silent);
      }
      endUs += frame.duration;
    }
    this.#silent = undefined;
    this.#endUs = endUs;
    this.#offsetUs = endUs - this.#clock.nowUs();
    return true;
  }

  start(shape: FillerShape): void {
    this.stop();
    const intervalUs = shape.kind === "video" ? 1e6 / shape.frameRate : SILENCE_US;
    const startUs = this.#clock.nowUs();
    let count = 0;
    const step = (): void => {
      const momentUs = startUs + count * intervalUs + this.#offsetUs;
      count += 1;
      const dueUs = startUs + count * intervalUs;
      this.#cancel = this.#clock.setTimeout(step, (dueUs - this.#clock.nowUs()) / 1000);
      if (shape.kind === "audio") this.#silenceUntil(momentUs - SOUND_DELAY_US, shape);
      else this.#deliver(black(shape, momentUs, intervalUs));
    };
    if (shape.kind === "audio") this.#silent = shape;
    this.#cancel = this.#clock.setTimeout(step, 0);
  }

  /** What is missing until the next frame is made up for when it comes. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Nobody listened: what comes next follows nothing. */
  reset(): void {
    this.stop();
    this.#silent = undefined;
    this.#endUs = undefined;
  }

  #silenceUntil(untilUs: number, { channelCount, sampleRate }: AudioShape): void {
    const fromUs = this.#endUs ?? untilUs - SILENCE_US;
    if (untilUs - fromUs > LONGEST_GAP_US) {
      this.#endUs = untilUs;
      return;
    }
    const numberOfFrames = Math.round(((untilUs - fromUs) * sampleRate) / 1e6);
    if (numberOfFrames <= 0) return;
    this.#endUs = fromUs + (numberOfFrames * 1e6) / sampleRate;
    const shape = { sampleRate, numberOfFrames, numberOfChannels: channelCount };
    this.#deliver(silence({ ...shape, timestamp: Math.round(fromUs) }));
  }
}

function black({ height, width }: VideoShape, momentUs: number, intervalUs: number): VideoFrame {
  const [timestamp, duration] = [Math.round(momentUs), Math.round(intervalUs)];
  return blackFrame({ width, height, timestamp, duration });
}
