import type { RunningCapture } from "../contract.ts";

type Listener = (captures: readonly RunningCapture[]) => void;

/** What this program captures now, for indicators inside and outside of it. */
export class CaptureRegister {
  readonly #captures = new Set<RunningCapture>();
  readonly #listeners = new Set<Listener>();

  /** Returns what ends the capture; calling it again does nothing. */
  start(capture: RunningCapture): () => void {
    const entry = { ...capture };
    this.#captures.add(entry);
    this.#changed();
    return () => {
      if (this.#captures.delete(entry)) this.#changed();
    };
  }

  watch(listener: Listener): () => void {
    const entry: Listener = (captures) => listener(captures);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  close(): void {
    this.#captures.clear();
    this.#changed();
    this.#listeners.clear();
  }

  #changed(): void {
    const captures = [...this.#captures];
    for (const listener of this.#listeners) listener(captures);
  }
}
