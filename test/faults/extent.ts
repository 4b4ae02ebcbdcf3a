/** `npm run faults` is the long form; `npm test` runs the short one. */
const isLong = process.env["USERMEDIA_FAULTS"] === "long";

/** How often something is done: the long form's number, or the short one's. */
export function times(long: number, short: number): number {
  return isLong ? long : short;
}

/** ms that a test may take. */
export const TIMEOUT_MS = isLong ? 3_600_000 : 120_000;
