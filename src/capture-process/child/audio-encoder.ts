import { DeviceError } from "../../contract/device-error.ts";
import type { AudioEncoderConfig } from "../../media/encoding.ts";
import { chooseEncoder } from "../encoder-choice.ts";
import { DriftControl } from "./drift-control.ts";
import { CodecPump, type PumpEvents } from "./codec-pump.ts";
import type { EncoderOutput, MediaEncoder } from "./media-encoder.ts";
import type { Native } from "./native.ts";
import { openAudioCodec } from "./open-codec.ts";
import { Resampler } from "./resampler.ts";
import type { SampleClock } from "./sample-clock.ts";
import type { Samples } from "./samples.ts";
import { SoundChunks, type EncodedShape } from "./sound-chunks.ts";

/** Frames of about 20 ms that may wait: two seconds. */
const MAX_WAITING = 100;
/** A gap in the time stamps that is more than a device's jitter becomes silence. */
const GAP_US = 60_000;
/** A longer one than this isn't filled; the time stamps jump. */
const LONG_GAP_US = 30_000_000;

/** Encodes samples of any shape as one stream. */
export class AudioEncoder implements MediaEncoder<Samples> {
  readonly #shape: EncodedShape;
  readonly #frameSize: number;
  readonly #resampler: Resampler;
  readonly #pump: CodecPump;
  readonly #clock: SampleClock;
  readonly #drift = new DriftControl();
  #isEnabled = true;
  #isPaused = false;
  /** Silence stands for what didn't come; what comes next begins exactly at its time. */
  #isBlank = false;
  /** Samples given to the encoder, and those that wait for a whole frame. */
  #encoded = 0;
  #taken = 0;

  private constructor(native: Native, pump: CodecPump, clock: SampleClock, shape: EncodedShape) {
    this.#shape = shape;
    this.#frameSize = shape.frameSize > 0 ? shape.frameSize : Math.round(shape.sampleRate / 50);
    this.#resampler = new Resampler(native, shape);
    this.#pump = pump;
    this.#clock = clock;
  }

  /** @throws DeviceError when there is no such encoder, or it refuses the configuration */
  static async open(
    native: Native,
    config: AudioEncoderConfig,
    output: EncoderOutput,
  ): Promise<AudioEncoder> {
    const choice = chooseEncoder(config);
    if (choice === undefined) throw new DeviceError("failed", `No encoder makes ${config.codec}.`);
    const chunks = new SoundChunks(native, config, output.chunk);
    const events: PumpEvents = {
      opened: (context) => chunks.opened(context),
      packet: (packet) => chunks.packet(packet),
      error: output.error,
    };
    const open = () => openAudioCodec(native, config, choice);
    const pump = await CodecPump.start(native, open, events, { isQuick: true });
    return new AudioEncoder(native, pump, chunks.clock, chunks.shape);
  }

  take(samples: Samples, timestampUs: number, done?: () => void): void {
    if (this.#isPaused || this.#isTooLate(timestampUs)) {
      done?.();
      return;
    }
    this.#follow(timestampUs, this.#isBlank ? 0 : GAP_US);
    this.#isBlank = false;
    this.#taken += this.#resampler.write(samples, !this.#isEnabled);
    this.#encodeWhole(done === undefined);
    if (done !== undefined) void this.#report(done);
  }

  blank(timestampUs: number): void {
    if (this.#isPaused) return;
    this.#isBlank = true;
    if (this.#isTooLate(timestampUs)) return;
    this.#follow(timestampUs, 0);
    this.#encodeWhole(true);
  }

  async ready(): Promise<void> {
    if (this.#pump.waiting >= MAX_WAITING / 2) await this.#pump.idle();
  }

  setEnabled(enabled: boolean): void {
    this.#isEnabled = enabled;
  }

  setPaused(paused: boolean): void {
    if (paused && !this.#isPaused) this.#finishFrame();
    this.#isPaused = paused;
  }

  /** Every chunk of sound is one. */
  requestKeyFrame(): void {}

  async flush(): Promise<void> {
    this.#finishFrame();
    await this.#pump.drain();
  }

  async close(): Promise<void> {
    await this.#pump.close();
    this.#resampler.close();
  }

  async #report(done: () => void): Promise<void> {
    await this.#pump.idle();
    done();
  }

  /** Silence stands in its place already. */
  #isTooLate(timestampUs: number): boolean {
    return this.#isBlank && timestampUs < (this.#clock.expectedUs(this.#taken) ?? -Infinity);
  }

  /** Keeps the samples at the time that they belong to: a longer gap than tolerated is filled. */
  #follow(timestampUs: number, toleratedUs: number): void {
    const expectedUs = this.#clock.expectedUs(this.#taken);
    if (expectedUs === undefined) {
      this.#clock.anchor(this.#taken, timestampUs);
      return;
    }
    const gapUs = timestampUs - expectedUs;
    if (gapUs > LONG_GAP_US) this.#jump(timestampUs);
    else if (gapUs > toleratedUs) {
      const count = Math.round((gapUs / 1e6) * this.#shape.sampleRate);
      this.#resampler.writeSilence(count);
      this.#taken += count;
      this.#drift.reset();
    } else {
      const rate = this.#drift.follow(gapUs, timestampUs);
      if (rate !== undefined) this.#resampler.adjust(rate);
    }
  }

  /** @param isDevice what waits too long is dropped */
  #encodeWhole(isDevice: boolean): void {
    while (this.#resampler.available >= this.#frameSize) {
      if (isDevice && this.#pump.waiting > MAX_WAITING) this.#pump.dropOldest();
      this.#encode();
    }
  }

  #jump(timestampUs: number): void {
    this.#finishFrame();
    this.#clock.anchor(this.#taken, timestampUs);
  }

  /** Fills the frame under way with silence; what comes next starts at its own time. */
  #finishFrame(): void {
    if (this.#resampler.available > 0) this.#encode();
    this.#taken = this.#encoded;
    this.#clock.lift();
    this.#drift.reset();
  }

  #encode(): void {
    const frame = this.#resampler.read(this.#frameSize);
    frame.pts = BigInt(this.#encoded);
    this.#encoded += this.#frameSize;
    this.#pump.push(frame);
  }
}
