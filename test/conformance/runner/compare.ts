import type { Expectation } from "./expectations.ts";
import { patternsOf } from "./patterns.ts";
import type { Result } from "./result.ts";

export interface Judgement {
  /** Subtests that passed. */
  readonly passed: number;
  /** Subtests that didn't, as expected. */
  readonly expectedFailures: number;
  /**
   * What fails the run: a failure that isn't expected, a pass that isn't recorded, an expectation
   * that fits no subtest.
   */
  readonly problems: readonly string[];
}

/** Judges the results of a test by what is expected of it. */
export function compare({ harness, subtests }: Result, expectation: Expectation): Judgement {
  const problems: string[] = [];
  const failing = patternsOf(expectation.fail);
  const unsteady = patternsOf(expectation.unsteady);
  const used = new Set<object>();
  let isLate = false;
  let passed = 0;
  let expectedFailures = 0;
  for (const { message, name, status } of subtests) {
    const may = unsteady.find(({ matches }) => matches(name));
    const must = may ? undefined : failing.find(({ matches }) => matches(name));
    for (const pattern of [may, must]) if (pattern) used.add(pattern);
    if (status === "PASS") {
      passed += 1;
      if (must) problems.push(`passes now, remove it from the expectations: ${name}`);
    } else if (may || must) {
      expectedFailures += 1;
      isLate ||= may !== undefined && harness.status === "TIMEOUT";
    } else {
      problems.push(`${status}: ${name}${message ? `: ${message}` : ""}`);
    }
  }
  for (const pattern of [...failing, ...unsteady]) {
    if (!used.has(pattern)) problems.push(`the expectations name no subtest: ${pattern.text}`);
  }
  return {
    passed,
    expectedFailures,
    // What times out by load takes the page with it.
    problems: isLate ? problems : [...problems, ...pageProblems(harness, expectation)],
  };
}

function pageProblems({ message, status }: Result["harness"], { harness }: Expectation): string[] {
  if (status !== "OK" && !harness) return [`the page ended with ${status}: ${message ?? ""}`];
  if (status === "OK" && harness) {
    return ["the page ends well now: remove `harness` from the expectations"];
  }
  return [];
}
