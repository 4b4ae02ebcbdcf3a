import type { EngineOptions } from "../engine/contract.ts";
import { ProgramSource } from "../engine/source/program-source.ts";

interface Size {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
}

/**
 * A source of pictures that may stand still, of a canvas or a paused element: it asks for one
 * whenever who wants them has changed.
 */
export class PictureSource extends ProgramSource {
  readonly #onDemand: () => void;
  readonly #shown: Size | undefined;

  /**
   * @param onDemand - somebody new may want a picture
   * @param shown - what is shown, where it says which size it has: settings are read from there
   */
  constructor(options: EngineOptions, onDemand: () => void, shown?: Size) {
    super("video", "", options);
    this.#onDemand = onDemand;
    this.#shown = shown;
  }

  noticeChanges(): void {
    const { height = 0, width = 0 } = this.#shown ?? {};
    if (width > 0 && height > 0) this.resize({ width, height });
  }

  override demandChanged(): void {
    super.demandChanged();
    if (this.wantsFrames) this.#onDemand();
  }
}
