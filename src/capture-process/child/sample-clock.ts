interface Anchor {
  readonly position: number;
  readonly timeUs: number;
}

/** What time each sample of a stream belongs to: nominal steps from moments that were measured. */
export class SampleClock {
  readonly #sampleRate: number;
  readonly #anchors: Anchor[] = [];
  #isLifted = true;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** From this sample on, time counts from here. */
  anchor(position: number, timeUs: number): void {
    this.#anchors.push({ position, timeUs });
    this.#isLifted = false;
  }

  /** The time of samples to come isn't known; those before keep theirs. */
  lift(): void {
    this.#isLifted = true;
  }

  /** When the next sample is due; undefined until there is an anchor for it. */
  expectedUs(position: number): number | undefined {
    return this.#isLifted ? undefined : this.#after(this.#anchors.at(-1), position);
  }

  /** The time of a sample that comes out; it never goes back, so anchors past are let go. */
  timeUs(position: number): number | undefined {
    while ((this.#anchors[1]?.position ?? Infinity) <= position) this.#anchors.shift();
    return this.#after(this.#anchors[0], position);
  }

  #after(anchor: Anchor | undefined, position: number): number | undefined {
    if (anchor === undefined) return undefined;
    return anchor.timeUs + ((position - anchor.position) * 1e6) / this.#sampleRate;
  }
}
