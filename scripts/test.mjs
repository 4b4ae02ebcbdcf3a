// `npm test`: installs what the tests need, runs every check and every test, and counts them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  ["index of decisions", "npm run --silent docs:decisions -- --check"],
  ["API reference", "npm run --silent docs:api -- --check"],
];

const totals = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skips = [];
const unsteady = [];

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
// Where the tests that browsers run can't be had, the conformance tests are skipped, by name.
spawnSync("npm run --silent wpt:checkout", { stdio: "inherit", shell: true });
runVitest();

for (const name of skips) console.log(`skipped: ${name}`);
for (const name of unsteady) console.log(`passed only when tried again: ${name}`);
for (const name of failures) console.log(`failed: ${name}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;

function runVitest() {
  const directory = mkdtempSync(join(tmpdir(), "usermedia-test-"));
  const file = join(directory, "outcomes");
  writeFileSync(file, "");
  const args = ["vitest", "run", "--reporter=dot", "--reporter=./scripts/vitest-outcomes.mjs"];
  const { status } = spawnSync("npx", [...args, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, USERMEDIA_TEST_OUTCOMES: file },
  });
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  rmSync(directory, { recursive: true });
  for (const { name, state, note, flaky } of lines.map((line) => JSON.parse(line))) {
    const outcome = state === "passed" || state === "failed" ? state : "skipped";
    record(outcome, note && outcome === "skipped" ? `${name} (${note})` : name);
    if (flaky) unsteady.push(name);
  }
  if (status !== 0 && totals.failed === 0) record("failed", "vitest ended with an error");
  if (lines.length === 0) record("failed", "vitest ran no test");
}

function record(outcome, name) {
  totals[outcome] += 1;
  if (outcome === "failed") failures.push(name);
  if (outcome === "skipped") skips.push(name);
}
