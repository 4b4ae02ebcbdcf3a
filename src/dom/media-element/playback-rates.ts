/**
 * An element's `playbackRate` and `defaultPlaybackRate`, which a stream puts out of force while it
 * is there: both read 1 and can't be set.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediastreams-in-media-elements
 */
export class PlaybackRates {
  readonly #onChange: () => void;
  #rate = 1;
  #defaultRate = 1;

  /** @param onChange - fires `ratechange` */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get rate(): number {
    return this.#rate;
  }
  set rate(value: number) {
    if (value === this.#rate) return;
    this.#rate = value;
    this.#onChange();
  }

  get defaultRate(): number {
    return this.#defaultRate;
  }
  set defaultRate(value: number) {
    if (value === this.#defaultRate) return;
    this.#defaultRate = value;
    this.#onChange();
  }

  /** What the media element load algorithm does. */
  reset(): void {
    this.rate = this.#defaultRate;
  }
}
