import type { EngineOptions } from "../../engine/contract.ts";
import { ProgramSource } from "../../engine/index.ts";

/** The source of a canvas' tracks: it asks for a picture whenever who wants them has changed. */
export class CanvasSource extends ProgramSource {
  readonly #onDemand: () => void;

  /** @param onDemand - somebody new may want a frame of a canvas that isn't painted any more */
  constructor(options: EngineOptions, onDemand: () => void) {
    super("video", "", options);
    this.#onDemand = onDemand;
  }

  override demandChanged(): void {
    super.demandChanged();
    if (this.wantsFrames) this.#onDemand();
  }
}
