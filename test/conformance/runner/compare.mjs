/**
 * Judges the results of a test by what is expected of it.
 *
 * @param {import("./run-test.mjs").Result} result
 * @param {import("./expectations.mjs").Expectation} expectation
 * @returns {{ passed: number, expectedFailures: number, problems: string[] }} a problem fails the run:
 *   a failure that isn't expected, a pass that isn't recorded, an expectation that fits no subtest
 */
export function compare({ harness, subtests }, expectation) {
  const problems = [];
  const failing = patternsOf(expectation.fail);
  const unsteady = patternsOf(expectation.unsteady);
  const used = new Set();
  let passed = 0;
  for (const { name, status, message } of subtests) {
    const may = unsteady.find(({ matches }) => matches(name));
    const must = failing.find(({ matches }) => matches(name));
    used.add(may ?? must);
    if (status === "PASS") {
      passed += 1;
      if (must && !may) problems.push(`passes now, remove it from the expectations: ${name}`);
    } else if (!must && !may) {
      problems.push(`${status}: ${name}${message ? `: ${message}` : ""}`);
    }
  }
  for (const pattern of [...failing, ...unsteady]) {
    if (!used.has(pattern)) problems.push(`the expectations name no subtest: ${pattern.text}`);
  }
  problems.push(...harnessProblems(harness, expectation));
  return { passed, expectedFailures: subtests.length - passed, problems };
}

function harnessProblems({ status, message }, { harness }) {
  if (status !== "OK" && !harness) return [`the page ended with ${status}: ${message ?? ""}`];
  if (status === "OK" && harness)
    return ["the page ends well now: remove `harness` from the expectations"];
  return [];
}

/** Each pattern of a table, where `*` stands for any text. */
export function patternsOf(table = {}) {
  return Object.entries(table).map(([text, reason]) => {
    const expression = text.split("*").map(escape).join(".*");
    const whole = new RegExp(`^${expression}$`, "s");
    // A name that has a star itself is matched as it is, too.
    return { text, reason, matches: (name) => name === text || whole.test(name) };
  });
}

function escape(text) {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
