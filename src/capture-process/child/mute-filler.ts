import type { DeviceConfiguration } from "../../contract/device.ts";
import type { EncoderSet } from "./encoder-set.ts";
import { nowUs } from "./real-clock.ts";

const SILENCE_MS = 20;
/** Sound that comes again may be this late; silence that was ahead of it would push it back. */
const SOUND_DELAY_US = 50_000;

/**
 * Black pictures or silence for the encoders of a device that gives nothing, at its rate and on an
 * absolute schedule.
 *
 * @see https://w3c.github.io/mediacapture-main/#track-muted
 */
export class MuteFiller {
  readonly #device: number;
  readonly #encoders: EncoderSet;
  #timer: NodeJS.Timeout | undefined;

  constructor(device: number, encoders: EncoderSet) {
    this.#device = device;
    this.#encoders = encoders;
  }

  start({ kind, mode }: DeviceConfiguration): void {
    this.stop();
    const intervalMs = kind === "video" ? 1000 / mode.frameRate : SILENCE_MS;
    const delayUs = kind === "video" ? 0 : SOUND_DELAY_US;
    const startUs = nowUs();
    let count = 0;
    const step = (): void => {
      this.#encoders.blank(this.#device, Math.round(startUs + count * intervalMs * 1000 - delayUs));
      // What a sleeping machine missed isn't made up for one by one.
      count = Math.max(count + 1, Math.ceil((nowUs() - startUs) / 1000 / intervalMs));
      const dueMs = count * intervalMs - (nowUs() - startUs) / 1000;
      this.#timer = setTimeout(step, dueMs);
    };
    step();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
