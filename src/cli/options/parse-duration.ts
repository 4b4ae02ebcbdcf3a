import { UsageError } from "../errors.ts";

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * A length of time in milliseconds: `5s`, `1m30s`, `500ms`, `1.5h`, or a number of seconds.
 * @throws UsageError
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)?/g)];
  const isWhole = parts.map(([part]) => part).join("") === text && text !== "";
  const isBare = parts.length === 1 && parts[0]?.[2] === undefined;
  if (!isWhole || (!isBare && parts.some(([, , unit]) => unit === undefined))) {
    throw new UsageError(`--duration ${text}: write it like 5s, 1m30s or 500ms`);
  }
  const durationMs = parts.reduce(
    (sum, [, value, unit]) => sum + Number(value) * UNIT_MS[(unit ?? "s") as keyof typeof UNIT_MS],
    0,
  );
  if (durationMs <= 0) throw new UsageError(`--duration ${text}: must be longer than nothing`);
  return durationMs;
}
