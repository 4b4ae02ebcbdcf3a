import type { AudioMode, DeviceConfiguration, VideoMode } from "../../contract/device.ts";
import type { DeviceEvents, DeviceSession, LostFrames } from "../../contract/session.ts";
import { adoptAudioData } from "../../media/adopt-frame.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { Pacer } from "./pacer.ts";
import { beepSecond, isSignalled } from "./second-signal.ts";
import type { SyntheticClock } from "./pacer.ts";
import { TestPicture } from "./test-picture.ts";

/** Pieces of sound in a second. */
const AUDIO_RATE = 100;

/** Makes what a device gives: one frame for each period of its schedule. */
type FrameMaker = (startUs: number, dropped: number) => VideoFrame | AudioData;

/** An open synthetic device. */
export class SyntheticSession implements DeviceSession {
  readonly #clock: SyntheticClock;
  readonly #seed: number;
  readonly #beepHz: number;
  readonly #onClose: () => void;
  #configuration: DeviceConfiguration;
  #events: DeviceEvents | undefined;
  #pacer: Pacer | undefined;
  /** Made with the first frame, since drawing a background takes a while. */
  #maker: FrameMaker | undefined;
  #frameNumber = 0;
  #closed = false;

  constructor(
    configuration: DeviceConfiguration,
    init: {
      readonly clock: SyntheticClock;
      readonly seed: number;
      readonly beepHz: number;
      readonly onClose: () => void;
    },
  ) {
    this.#configuration = configuration;
    this.#clock = init.clock;
    this.#seed = init.seed;
    this.#beepHz = init.beepHz;
    this.#onClose = init.onClose;
  }

  get configuration(): DeviceConfiguration {
    return this.#configuration;
  }

  start(events: DeviceEvents): void {
    this.#events = events;
  }

  wantFrames(wanted: boolean): void {
    if (wanted === (this.#pacer !== undefined) || this.#closed) return;
    this.#pacer?.stop();
    this.#pacer = wanted ? this.#startPacer() : undefined;
  }

  catchUp(): void {
    this.#pacer?.catchUp();
  }

  async reconfigure(configuration: DeviceConfiguration): Promise<void> {
    const running = this.#pacer !== undefined;
    this.wantFrames(false);
    this.#configuration = configuration;
    this.#maker = undefined;
    this.wantFrames(running);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.wantFrames(false);
    this.#closed = true;
    this.#onClose();
  }

  #startPacer(): Pacer {
    const configuration = this.#configuration;
    const rate = configuration.kind === "video" ? configuration.mode.frameRate : AUDIO_RATE;
    return new Pacer(this.#clock, rate, (startUs, dropped) => {
      this.#maker ??= this.#createMaker();
      if (dropped > 0) this.#events?.lost?.(this.#lost(dropped));
      this.#events?.frame(this.#maker(startUs, dropped));
    });
  }

  #lost(count: number): LostFrames {
    if (this.#configuration.kind === "video") return { count };
    const samples = (count * this.#configuration.mode.sampleRate) / AUDIO_RATE;
    return { count, samples, durationUs: (count * 1e6) / AUDIO_RATE };
  }

  #createMaker(): FrameMaker {
    return this.#configuration.kind === "video"
      ? this.#pictureMaker(this.#configuration.mode)
      : this.#soundMaker(this.#configuration.mode);
  }

  #pictureMaker({ width, height, frameRate }: VideoMode): FrameMaker {
    const picture = new TestPicture(width, height, this.#seed);
    const duration = Math.round(1e6 / frameRate);
    return (timestamp, dropped) => {
      const number = this.#frameNumber + dropped;
      this.#frameNumber = number + 1;
      const wallMs = this.#clock.wallMs() - (this.#clock.nowUs() - timestamp) / 1000;
      const flash = isSignalled(timestamp);
      return picture.draw({ number, flash, timestamp, duration, wallMs });
    };
  }

  #soundMaker({ sampleRate, channelCount }: AudioMode): FrameMaker {
    const second = new Uint8Array(beepSecond(sampleRate, channelCount, this.#beepHz).buffer);
    const numberOfFrames = sampleRate / AUDIO_RATE;
    const pieceBytes = second.byteLength / AUDIO_RATE;
    const pieceUs = 1e6 / AUDIO_RATE;
    return (startUs) => {
      // A piece is there when its last sample is: it began one period ago.
      const timestamp = startUs - pieceUs;
      const piece = Math.round((timestamp % 1e6) / pieceUs) % AUDIO_RATE;
      const bytes = second.subarray(piece * pieceBytes, (piece + 1) * pieceBytes);
      return adoptAudioData(bytes, {
        format: "s16",
        sampleRate,
        numberOfFrames,
        numberOfChannels: channelCount,
        timestamp,
      });
    };
  }
}
