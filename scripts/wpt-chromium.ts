/**
 * `npm run wpt:chromium`: the same tests in Debian's Chromium with fake devices, for comparison.
 * Writes test/conformance/chromium.json: the best status of each subtest over two runs, one with
 * Chromium's fake permission UI and one without, since the first ignores what tests deny.
 *
 *   --filter TEXT    only tests whose path contains TEXT (may be repeated); the others keep what the
 *                    file says
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findChromium, startChromium } from "../test/conformance/runner/chromium.ts";
import { findCorpus, listTests } from "../test/conformance/runner/corpus.ts";
import type { Test } from "../test/conformance/runner/corpus.ts";
import { createResponder } from "../test/conformance/runner/respond.ts";
import type { Result, Subtest } from "../test/conformance/runner/result.ts";

/** The content of the file. */
interface ChromiumResults {
  readonly browser: string;
  readonly results: Record<string, Record<string, string>>;
}

const OUTPUT = new URL("../test/conformance/chromium.json", import.meta.url);
const { values: options } = parseArgs({
  options: { filter: { type: "string", multiple: true, default: [] } },
});
const corpus = findCorpus();
const results = existsSync(OUTPUT)
  ? (JSON.parse(readFileSync(OUTPUT, "utf8")) as ChromiumResults).results
  : {};

if (!corpus || !findChromium()) {
  console.log(`skipped: ${corpus ? "Chromium" : "web-platform-tests"} isn't on this machine`);
} else {
  const tests = listTests(corpus).filter(
    ({ url }) => options.filter.length === 0 || options.filter.some((text) => url.includes(text)),
  );
  for (const { url } of tests) delete results[url];
  let version = "";
  for (const fakeUi of [true, false]) version = await runAll(corpus, tests, fakeUi);
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(
    OUTPUT,
    `${JSON.stringify({ browser: `Chromium ${version}`, results: sorted }, undefined, 2)}\n`,
  );
}

async function runAll(folder: string, tests: readonly Test[], fakeUi: boolean): Promise<string> {
  const respond = createResponder(folder);
  const queue = [...tests];
  // A browser each, since permissions are set for a whole browser.
  const lane = async (): Promise<string> => {
    const browser = await startChromium(fakeUi);
    for (let test = queue.shift(); test; test = queue.shift()) {
      const { harness, subtests } = await browser.runTest(test, respond).catch(asResult);
      const { message = "", status } = harness;
      console.log(`${test.url}: ${status}, ${subtests.length} subtests ${message ?? ""}`);
      keepBest(test.url, subtests);
    }
    await browser.close();
    return browser.version;
  };
  const [version] = await Promise.all([lane(), lane()]);
  return version ?? "";
}

/** What fails with one test must not end the run. */
function asResult({ message }: Error): Result {
  return { harness: { status: "ERROR", message }, subtests: [] };
}

function keepBest(url: string, subtests: readonly Subtest[]): void {
  const known = (results[url] ??= {});
  for (const { name, status } of subtests) {
    if (known[name] !== "PASS") known[name] = status;
  }
}
