import { setTimeout as delay } from "node:timers/promises";
import { withoutSecrets } from "../../host/without-secrets.ts";

const KEPT_LINES = 10;
/** Lines are handed over by another thread, soon after the call that they are about. */
const ON_THE_WAY_MS = 20;
const AT_MOST_MS = 400;

const lines: string[] = [];
let secrets: readonly string[] = [];

/** From now on, what FFmpeg says is kept and printed without these. */
export function keepSecret(hidden: readonly string[]): void {
  secrets = hidden;
}

/** Keeps what FFmpeg says of errors: its codes for them are few (for sound cards, one). */
export function keepLine(line: string): void {
  const shown = withoutSecrets(line.trim(), secrets);
  lines.push(shown);
  if (lines.length > KEPT_LINES) lines.shift();
  process.stderr.write(`${shown}\n`);
}

/** What was said during the last call that failed; then it is forgotten. */
export async function takeLines(): Promise<string> {
  for (let waitedMs = 0; lines.length === 0 && waitedMs < AT_MOST_MS; waitedMs += ON_THE_WAY_MS) {
    await delay(ON_THE_WAY_MS);
  }
  return lines.splice(0).join("; ");
}
