import { patternsOf } from "./compare.mjs";

/**
 * The expectation that a result asks for: what passes now is taken out, what fails now is added.
 *
 * @param {import("./run-test.mjs").Result} result
 * @param {import("./expectations.mjs").Expectation} expectation
 * @param {string} reason - for what is added; an empty one is an error until somebody fills it in
 * @returns {import("./expectations.mjs").Expectation}
 */
export function updated({ harness, subtests }, expectation, reason) {
  const unsteady = patternsOf(expectation.unsteady);
  const old = patternsOf(expectation.fail);
  const fail = {};
  for (const { name, status } of subtests) {
    if (status === "PASS" || unsteady.some(({ matches }) => matches(name))) continue;
    const known = old.find(({ matches }) => matches(name));
    const isPrecise =
      known && !subtests.some((other) => other.status === "PASS" && known.matches(other.name));
    fail[isPrecise ? known.text : name] = known?.reason ?? reason;
  }
  return {
    ...expectation,
    fail,
    harness: harness.status === "OK" ? undefined : (expectation.harness ?? reason),
  };
}
