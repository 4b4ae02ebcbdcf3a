import type { Test } from "./corpus.ts";
import type { Expectation } from "./expectations.ts";
import { patternsOf } from "./patterns.ts";

/** The status of each subtest, by test and name. */
export type Statuses = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ReportParts {
  readonly tests: readonly Test[];
  readonly ours: Statuses;
  readonly chromium: { readonly browser: string; readonly results: Statuses };
  readonly expectationOf: (test: Test) => Expectation;
}

/** `docs/conformance.md`: what we and Chromium pass, and what Chromium passes alone, with reasons. */
export function writeReport({ chromium, expectationOf, ours, tests }: ReportParts): string {
  const folders = [...new Set(tests.map(folderOf))];
  const rows = folders.map((folder) => {
    const inFolder = tests.filter((test) => folderOf(test) === folder);
    const names = inFolder.flatMap(({ url }) => namesOf(url, ours, chromium.results));
    const count = (statuses: Statuses): number =>
      names.filter(([url, name]) => statuses[url]?.[name] === "PASS").length;
    return { folder, subtests: names.length, ours: count(ours), chromium: count(chromium.results) };
  });
  const total = {
    folder: "all",
    subtests: sum(rows.map(({ subtests }) => subtests)),
    ours: sum(rows.map((row) => row.ours)),
    chromium: sum(rows.map((row) => row.chromium)),
  };
  const missing = tests.flatMap((test) =>
    missingOf(test, { chromium: chromium.results, ours, expectation: expectationOf(test) }),
  );
  return [HEADER, table(chromium.browser, [...rows, total]), REASONS, ...grouped(missing), ""].join(
    "\n",
  );
}

const HEADER = `# Conformance

The tests that browsers run, [web-platform-tests](https://web-platform-tests.org/), run against usermedia in jsdom windows with synthetic devices (\`npm run wpt\`), and in Chromium with fake devices (\`npm run wpt:chromium\`). This page is written by \`npm run wpt -- --report\`. Subtests passed:
`;

const REASONS = `
## What Chromium passes and we don't
`;

/** Why a subtest isn't there at all. */
const NO_SUCH =
  "the page makes its subtests of what it finds (codecs, devices, names), and finds nothing for this one here";

interface Row {
  readonly folder: string;
  readonly subtests: number;
  readonly ours: number;
  readonly chromium: number;
}

function table(browser: string, rows: readonly Row[]): string {
  const lines = rows.map(
    ({ chromium, folder, ours, subtests }) => `| ${folder} | ${subtests} | ${ours} | ${chromium} |`,
  );
  return [
    `| folder | subtests | usermedia | ${browser} |`,
    "| --- | --: | --: | --: |",
    ...lines,
  ].join("\n");
}

interface Missing {
  readonly path: string;
  readonly reason: string;
  readonly name: string;
}

interface Statements {
  readonly chromium: Statuses;
  readonly ours: Statuses;
  readonly expectation: Expectation;
}

function missingOf({ path, url }: Test, { chromium, expectation, ours }: Statements): Missing[] {
  const patterns = patternsOf({
    ...expectation.absent,
    ...expectation.unsteady,
    ...expectation.fail,
  });
  const passed = Object.entries(chromium[url] ?? {}).filter(([, status]) => status === "PASS");
  return passed
    .filter(([name]) => ours[url]?.[name] !== "PASS")
    .map(([name]) => {
      const known = patterns.find(({ matches }) => matches(name))?.reason;
      const reason = expectation.skip ?? known ?? expectation.harness ?? NO_SUCH;
      return { path, reason, name };
    });
}

/** By reason, the tests with their subtests. */
function grouped(missing: readonly Missing[]): string[] {
  const reasons = [...new Set(missing.map(({ reason }) => reason))].sort();
  return reasons.flatMap((reason) => {
    const of = missing.filter((entry) => entry.reason === reason);
    const paths = [...new Set(of.map(({ path }) => path))];
    const lines = paths.map((path) => {
      const names = [...new Set(of.filter((entry) => entry.path === path).map(({ name }) => name))];
      return `- \`${path}\`: ${names.map((name) => `“${oneLine(name)}”`).join(", ")}`;
    });
    return [`\n### ${reason} (${of.length})\n`, ...lines];
  });
}

function namesOf(url: string, ...all: readonly Statuses[]): [string, string][] {
  const names = new Set(all.flatMap((statuses) => Object.keys(statuses[url] ?? {})));
  return [...names].map((name) => [url, name]);
}

function folderOf({ path }: Test): string {
  return path.split("/")[1] ?? "";
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
