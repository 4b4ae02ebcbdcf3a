// `npm test`: installs what the tests need, runs every check and every test, and counts them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installDebianPackages, installNpmPackages, requireNode } from "./setup.mjs";

/** Each is one command; its exit status decides. */
const CHECKS = [
  ["build", "npm run --silent build"],
  ["format", "npm run --silent format:check"],
  ["lint", "npm run --silent lint"],
  ["types", "npm run --silent typecheck"],
  ["unused code and dependencies", "npm run --silent unused"],
  ["package metadata", "npm run --silent package:check"],
  ["API reference", "npm run --silent docs:api"],
];

const totals = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skips = [];

requireNode();
installNpmPackages();
const missing = installDebianPackages();
if (missing.length > 0) {
  console.log(
    `Debian packages missing, so the tests that use them are skipped: ${missing.join(" ")}.\n` +
      `Install them with: apt-get install ${missing.join(" ")}`,
  );
}

for (const [name, command] of CHECKS) {
  const { status } = spawnSync(command, { stdio: "inherit", shell: true });
  record(status === 0 ? "passed" : "failed", `check: ${name}`);
}
runVitest();

for (const name of skips) console.log(`skipped: ${name}`);
for (const name of failures) console.log(`failed: ${name}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;

function runVitest() {
  const directory = mkdtempSync(join(tmpdir(), "usermedia-test-"));
  const report = join(directory, "vitest.json");
  const args = [
    "vitest",
    "run",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { status } = spawnSync("npx", [...args, ...process.argv.slice(2)], { stdio: "inherit" });
  const results = existsSync(report)
    ? JSON.parse(readFileSync(report, "utf8"))
    : { testResults: [] };
  rmSync(directory, { recursive: true });

  for (const file of results.testResults) {
    if (file.status === "failed" && file.assertionResults.length === 0) {
      record("failed", `${file.name}: ${file.message}`);
    }
    for (const test of file.assertionResults) {
      const outcome = { passed: "passed", failed: "failed" }[test.status] ?? "skipped";
      const note = outcome === "skipped" ? skipNote(test) : "";
      record(outcome, `${test.fullName}${note}`);
    }
  }
  if (status !== 0 && totals.failed === 0) record("failed", "vitest ended with an error");
  if (results.testResults.length === 0) record("failed", "vitest ran no test");
}

/** Why a test was skipped, where it said so with `ctx.skip("reason")`. */
function skipNote(test) {
  const note = test.meta?.skipReason ?? test.failureMessages?.[0];
  return note ? ` (${note})` : "";
}

function record(outcome, name) {
  totals[outcome] += 1;
  if (outcome === "failed") failures.push(name);
  if (outcome === "skipped") skips.push(name);
}
