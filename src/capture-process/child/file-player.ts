import { setTimeout as delay } from "node:timers/promises";
import type { DeviceConfiguration } from "../../contract/device.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type { FileInput } from "../wire/command.ts";
import { FileDecoder, type FileFrame } from "./file-decoder.ts";
import type { MediaConsumer } from "./media-consumer.ts";
import type { MediaReader } from "./media-reader.ts";
import type { Native } from "./native.ts";
import { nowUs } from "./real-clock.ts";

/** Behind by more than this, a live viewer has no use for what was missed: as for a device. */
const FAR_BEHIND_US = 500_000;
/** Near enough to the present to decode everything. */
const CAUGHT_UP_US = 100_000;

/**
 * Plays one track of a file at its own pace: each frame on a schedule from the epoch, so that no
 * delay adds up, and the players of a file's two tracks agree. Pictures that can't be decoded in time
 * are left out, as a camera's are that nobody takes in time.
 */
export class FilePlayer implements MediaReader {
  readonly #input: FileInput;
  readonly #consumer: MediaConsumer;
  readonly #decoder: FileDecoder;
  readonly #stop = new AbortController();
  /** µs: the file's start in this round. */
  #loopBaseUs = 0;
  #isCatchingUp = false;
  #playing: Promise<void> | undefined;

  private constructor(input: FileInput, consumer: MediaConsumer, decoder: FileDecoder) {
    this.#input = input;
    this.#consumer = consumer;
    this.#decoder = decoder;
  }

  /** @throws DeviceError */
  static async open(
    native: Native,
    input: FileInput,
    consumer: MediaConsumer,
  ): Promise<FilePlayer> {
    const decoder = await FileDecoder.open(native, input.path, input.media);
    if (decoder === undefined) {
      throw new DeviceError("not-found", `${input.path} has no ${input.media}.`);
    }
    return new FilePlayer(input, consumer, decoder);
  }

  get configuration(): DeviceConfiguration {
    return this.#decoder.configuration;
  }

  start(epochUs = nowUs()): void {
    this.#playing ??= this.#play(epochUs).then(
      () => {
        if (this.#stop.signal.aborted) return;
        this.#consumer.ended(new DeviceError("failed", `${this.#input.path} is at its end.`));
      },
      (error: unknown) => {
        if (!this.#stop.signal.aborted) this.#consumer.ended(error);
      },
    );
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#playing;
    await this.#decoder.close();
  }

  async #play(epochUs: number): Promise<void> {
    const { durationUs } = this.#decoder;
    // Who joins while the file's other track plays begins where that one is.
    const lateUs = this.#isPaced ? Math.max(0, nowUs() - epochUs) : 0;
    if (durationUs > 0) this.#loopBaseUs = Math.floor(lateUs / durationUs) * durationUs;
    const fromUs = lateUs - 100_000;
    for (;;) {
      await this.#stayPresent(epochUs);
      const frames = await this.#decoder.next();
      try {
        await this.#showAll(frames, epochUs, fromUs);
      } finally {
        for (const { frame } of frames) frame.free();
      }
      if (this.#stop.signal.aborted) return;
      if (this.#decoder.isAtEnd && !(await this.#rewind())) return;
    }
  }

  async #showAll(frames: readonly FileFrame[], epochUs: number, fromUs: number): Promise<void> {
    for (const { frame, lost, mediaUs } of frames) {
      // Closed meanwhile: who waits for takers from now on isn't told of any.
      if (this.#stop.signal.aborted) return;
      const playedUs = this.#loopBaseUs + mediaUs;
      if (playedUs < fromUs) continue;
      if (this.#isPaced) await this.#waitUntil(epochUs + playedUs);
      else await this.#consumer.ready();
      if (this.#stop.signal.aborted) return;
      if (lost > 0) this.#consumer.lost(lost);
      this.#consumer.frame(frame, Math.round(epochUs + playedUs));
    }
  }

  /** Where playing has fallen behind, goes on nearer to the present. */
  async #stayPresent(epochUs: number): Promise<void> {
    if (!this.#isPaced || this.#input.media === "audio") return;
    const presentUs = nowUs() - epochUs - this.#loopBaseUs;
    const behindUs = presentUs - this.#decoder.endUs;
    if (behindUs > FAR_BEHIND_US) {
      this.#isCatchingUp = true;
      await this.#decoder.catchUp(presentUs);
    } else if (this.#isCatchingUp && behindUs < CAUGHT_UP_US) {
      this.#isCatchingUp = false;
      this.#decoder.keepUp();
    }
  }

  get #isPaced(): boolean {
    return this.#input.pacing === "real-time";
  }

  async #waitUntil(momentUs: number): Promise<void> {
    const waitMs = (momentUs - nowUs()) / 1000;
    if (waitMs >= 1) await delay(waitMs, undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  /** Goes back to the file's start; false when it isn't to loop. */
  async #rewind(): Promise<boolean> {
    const { durationUs, endUs } = this.#decoder;
    if (!this.#input.loop || endUs <= 0) return false;
    if (!(await this.#decoder.seek(0))) return false;
    this.#loopBaseUs += durationUs > 0 ? durationUs : endUs;
    return true;
  }
}
