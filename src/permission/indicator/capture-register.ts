import type { Application } from "../application/application.ts";
import type { RunningCapture } from "../contract.ts";
import type { CaptureNotice } from "./capture-notice.ts";

type Listener = (captures: readonly RunningCapture[]) => void;

interface Parts {
  readonly application: Application;
  /** Tells other processes. */
  readonly publish: (notice: Pick<CaptureNotice, "application" | "captures">) => void;
  /** Tells the person at the terminal. */
  readonly show: Listener;
}

/** What this program captures now, for indicators inside and outside of it. */
export class CaptureRegister {
  readonly #parts: Parts;
  readonly #captures = new Set<RunningCapture & { readonly since: string }>();
  readonly #listeners = new Set<Listener>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Returns what ends the capture; calling it again does nothing. */
  start(capture: RunningCapture): () => void {
    const entry = { ...capture, since: new Date().toISOString() };
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
    const isCapturing = this.#captures.size > 0;
    this.#captures.clear();
    if (isCapturing) this.#changed();
    this.#listeners.clear();
  }

  #changed(): void {
    const captures = [...this.#captures];
    const { name, path } = this.#parts.application;
    this.#parts.publish({
      application: { name, ...(path !== undefined && { path }) },
      captures: captures.map(({ name, label, since }) => ({ name, label, since })),
    });
    this.#parts.show(captures);
    for (const listener of this.#listeners) listener(captures);
  }
}
