import type { Test } from "./corpus.ts";

/** The harness gives a test three times 10 s, or 60 s where it asks for them; this much more is for the page around it. */
const GRACE_MS = 10_000;

/** After how many ms a page that has reported nothing hangs. */
export function timeLimitMs({ long }: Test): number {
  return 3 * (long ? 60_000 : 10_000) + GRACE_MS;
}
