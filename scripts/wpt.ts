/**
 * `npm run wpt`: runs web-platform-tests against usermedia in jsdom windows.
 *
 *   --filter TEXT    only tests whose path contains TEXT (may be repeated)
 *   --update         writes the expectations anew: takes out what passes, adds what fails
 *   --reason TEXT    with --update: why what is added fails
 *   --json FILE      writes every result
 *   --expectations DIR  other expectations than the project's
 *   --processes N    how many tests at the same time (default: 2)
 *   --report         writes docs/conformance.md, of the results of all tests
 *   --verbose        prints every subtest that doesn't pass, and what pages printed
 *
 * Ends with `N passed, N failed, N skipped`: subtests that passed, problems, tests that weren't run.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { compare } from "../test/conformance/runner/compare.ts";
import { findCorpus, listTests } from "../test/conformance/runner/corpus.ts";
import type { Test } from "../test/conformance/runner/corpus.ts";
import { Expectations } from "../test/conformance/runner/expectations.ts";
import { runTests } from "../test/conformance/runner/pool.ts";
import { writeReport } from "../test/conformance/runner/report.ts";
import type { ReportParts } from "../test/conformance/runner/report.ts";
import type { Result } from "../test/conformance/runner/result.ts";
import { updated } from "../test/conformance/runner/update.ts";
import build from "../test/support/build.ts";

/** What is written of a page. */
interface PageResult {
  readonly harness: Result["harness"];
  readonly tests: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
}

const { values: options } = parseArgs({
  options: {
    filter: { type: "string", multiple: true, default: [] },
    update: { type: "boolean", default: false },
    reason: { type: "string", default: "" },
    json: { type: "string" },
    expectations: { type: "string" },
    processes: { type: "string", default: "2" },
    report: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const totals = { passed: 0, expected: 0, failed: 0, skipped: 0 };
const results: Record<string, PageResult> = {};
const expectations = new Expectations(options.expectations);
const corpus = findCorpus();

if (corpus) {
  // Recordings start capture processes from there.
  build();
  await run(corpus);
} else {
  console.log(
    "skipped: web-platform-tests aren't on this machine; `npm run wpt:checkout` brings them",
  );
  totals.skipped = 1;
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(results, undefined, 1)}\n`);
if (options.report && corpus) report(corpus);
console.log(`${totals.expected} subtests fail as expected`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function run(folder: string): Promise<void> {
  const tests = listTests(folder);
  const orphans = expectations.orphans(tests);
  totals.failed += orphans.length;
  for (const orphan of orphans) console.log(orphan);
  const chosen = tests.filter(
    ({ url }) => options.filter.length === 0 || options.filter.some((text) => url.includes(text)),
  );
  const toRun = chosen.filter((test) => {
    const { skip } = expectations.of(test);
    if (skip) {
      totals.skipped += 1;
      console.log(`skipped: ${test.url} (${skip})`);
    }
    return !skip;
  });
  const processes = Number(options.processes);
  await runTests(folder, toRun, { processes, onResult: judge });
}

function report(folder: string): void {
  const chromium = JSON.parse(
    readFileSync("test/conformance/chromium.json", "utf8"),
  ) as ReportParts["chromium"];
  const ours = Object.fromEntries(Object.entries(results).map(([url, { tests }]) => [url, tests]));
  const tests = listTests(folder);
  const expectationOf = (test: Test) => expectations.of(test);
  writeFileSync("docs/conformance.md", writeReport({ chromium, expectationOf, ours, tests }));
}

function judge(test: Test, result: Result): void {
  const { problems, passed, expectedFailures } = compare(result, expectations.of(test));
  results[test.url] = {
    harness: result.harness,
    tests: Object.fromEntries(result.subtests.map(({ name, status }) => [name, status])),
    messages: Object.fromEntries(
      result.subtests.flatMap(({ message, name }) => (message ? [[name, message]] : [])),
    ),
  };
  totals.passed += passed;
  if (options.verbose) print(test, result);
  if (options.update) {
    expectations.set(test, updated(result, expectations.of(test), options.reason));
    return;
  }
  totals.failed += problems.length;
  totals.expected += expectedFailures;
  if (problems.length === 0) return;
  console.log(test.url);
  for (const problem of problems) console.log(`  ${problem}`);
}

function print(test: Test, { harness, log, subtests }: Result): void {
  console.log(`${test.url}: ${harness.status} ${harness.message ?? ""}`);
  for (const { name, status, message } of subtests) {
    if (status !== "PASS") console.log(`    ${status} ${name}: ${message ?? ""}`);
  }
  if (log) console.log(`    | ${log.replaceAll("\n", "\n    | ")}`);
}
