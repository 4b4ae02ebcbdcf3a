import type { Expectation } from "./expectations.ts";
import { patternsOf } from "./patterns.ts";
import type { Result } from "./result.ts";

/**
 * The expectation that a result asks for: what passes now is taken out, what fails now is added.
 *
 * @param reason - for what is added; an empty one is an error until somebody fills it in
 */
export function updated(
  { harness, subtests }: Result,
  expectation: Expectation,
  reason: string,
): Expectation {
  const unsteady = patternsOf(expectation.unsteady);
  const old = patternsOf(expectation.fail);
  const fail: Record<string, string> = {};
  for (const { name, status } of subtests) {
    if (status === "PASS" || unsteady.some(({ matches }) => matches(name))) continue;
    const known = old.find(({ matches }) => matches(name));
    const isPrecise = !subtests.some(
      (other) => other.status === "PASS" && known?.matches(other.name),
    );
    fail[known && isPrecise ? known.text : name] = known?.reason ?? reason;
  }
  const page = harness.status === "OK" ? undefined : (expectation.harness ?? reason);
  return { ...expectation, fail, harness: page };
}
