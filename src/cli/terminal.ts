import type { LiveLineStream } from "./live-line.ts";

/** Where a command writes: results to `out`, everything for a person at the terminal to `err`. */
export interface Terminal {
  readonly out: { write(text: string): unknown };
  readonly err: LiveLineStream;
}
