import type { DeviceConfiguration } from "../backends/contract.ts";
import type { AudioData } from "../media/audio-data.ts";
import { blackFrame } from "../media/black-frame.ts";
import { silence } from "../media/silence.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import type { Clock } from "./contract.ts";

/** Silence comes in pieces of this length. */
const SILENCE_MS = 20;

export type FillerShape =
  | {
      readonly kind: "video";
      readonly width: number;
      readonly height: number;
      readonly frameRate: number;
    }
  | { readonly kind: "audio"; readonly sampleRate: number; readonly channelCount: number };

/** The shape of what a device gives in a configuration. */
export function fillerShape(configuration: DeviceConfiguration): FillerShape {
  return configuration.kind === "video"
    ? { kind: "video", ...configuration.mode }
    : { kind: "audio", ...configuration.mode };
}

/**
 * Black pictures or silence in place of what a muted source doesn't give, at its rate and on an
 * absolute schedule.
 *
 * @see https://w3c.github.io/mediacapture-main/#track-muted
 */
export class Filler {
  readonly #clock: Clock;
  readonly #deliver: (frame: VideoFrame | AudioData) => void;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, deliver: (frame: VideoFrame | AudioData) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  start(shape: FillerShape): void {
    this.stop();
    const intervalUs = shape.kind === "video" ? 1e6 / shape.frameRate : SILENCE_MS * 1000;
    const startUs = this.#clock.nowUs();
    let count = 0;
    const step = (): void => {
      const timestamp = Math.round(startUs + count * intervalUs);
      count += 1;
      const dueUs = startUs + count * intervalUs;
      this.#cancel = this.#clock.setTimeout(step, (dueUs - this.#clock.nowUs()) / 1000);
      this.#deliver(fill(shape, timestamp, Math.round(intervalUs)));
    };
    this.#cancel = this.#clock.setTimeout(step, 0);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

function fill(shape: FillerShape, timestamp: number, duration: number): VideoFrame | AudioData {
  if (shape.kind === "video") {
    return blackFrame({ width: shape.width, height: shape.height, timestamp, duration });
  }
  const { sampleRate, channelCount } = shape;
  const numberOfFrames = Math.round((sampleRate * SILENCE_MS) / 1000);
  return silence({ sampleRate, numberOfFrames, numberOfChannels: channelCount, timestamp });
}
