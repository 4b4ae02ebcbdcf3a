import type { EngineOptions } from "../engine/contract.ts";
import { ProgramSource } from "../engine/index.ts";

/**
 * A source of pictures that may stand still, of a canvas or a paused element: it asks for one
 * whenever who wants them has changed.
 */
export class PictureSource extends ProgramSource {
  readonly #onDemand: () => void;

  /** @param onDemand - somebody new may want a picture */
  constructor(options: EngineOptions, onDemand: () => void) {
    super("video", "", options);
    this.#onDemand = onDemand;
  }

  override demandChanged(): void {
    super.demandChanged();
    if (this.wantsFrames) this.#onDemand();
  }
}
