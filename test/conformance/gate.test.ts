import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compare } from "./runner/compare.ts";
import { findCorpus } from "./runner/corpus.ts";
import type { Test } from "./runner/corpus.ts";
import { Expectations } from "./runner/expectations.ts";
import { runTests } from "./runner/pool.ts";
import type { Result } from "./runner/result.ts";
import { updated } from "./runner/update.ts";

const test: Test = { url: "/a/b.html", path: "/a/b.html", variant: "", long: false };
const result: Result = {
  harness: { status: "OK" },
  subtests: [
    { name: "adds", status: "PASS" },
    { name: "removes", status: "FAIL", message: "no" },
    { name: "removes twice", status: "TIMEOUT" },
  ],
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "usermedia-gate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the comparison with the expectations", () => {
  it("fails for a failure that isn't expected", () => {
    const { problems } = compare(result, { fail: { removes: "because" } });
    expect(problems).toEqual(["TIMEOUT: removes twice"]);
  });

  it("fails for a pass that isn't recorded", () => {
    const { problems } = compare(result, { fail: { adds: "because", "removes*": "because" } });
    expect(problems).toEqual(["passes now, remove it from the expectations: adds"]);
  });

  it("fails for an expectation that names no subtest", () => {
    const { problems } = compare(result, { fail: { "removes*": "because", gone: "because" } });
    expect(problems).toEqual(["the expectations name no subtest: gone"]);
  });

  it("fails when the page as a whole doesn't end well, and when it does against expectation", () => {
    const broken = { ...result, harness: { status: "TIMEOUT" as const } };
    const fail = { "removes*": "because" };
    expect(compare(broken, { fail }).problems).toHaveLength(1);
    expect(compare(broken, { fail, harness: "because" }).problems).toEqual([]);
    expect(compare(result, { fail, harness: "because" }).problems).toHaveLength(1);
  });

  it("accepts an unsteady subtest either way", () => {
    const unsteady = { "removes*": "by load", adds: "by load" };
    expect(compare(result, { unsteady })).toEqual({
      passed: 1,
      expectedFailures: 2,
      problems: [],
    });
  });

  it("accepts that an unsteady subtest takes the page with it by timing out", () => {
    const late = { ...result, harness: { status: "TIMEOUT" as const } };
    const adds = { adds: "by load" };
    expect(compare(late, { unsteady: { "removes*": "by load" } }).problems).toEqual([]);
    expect(compare(late, { fail: { "removes*": "because" }, unsteady: adds }).problems).toEqual([
      "the page ended with TIMEOUT: ",
    ]);
  });
});

describe("the expectations", () => {
  it("are an error where they give no reason", () => {
    const expectations = new Expectations(folder);
    expectations.set(test, { fail: { removes: "" } });
    expect(() => expectations.of(test)).toThrow(/no reason for "removes"/);
  });

  it("are updated by adding what fails and removing what passes, keeping reasons", () => {
    const old = { fail: { adds: "was so", "removes*": "not there yet" } };
    expect(updated(result, old, "new").fail).toEqual({ "removes*": "not there yet" });
    expect(updated(result, {}, "new").fail).toEqual({ removes: "new", "removes twice": "new" });
  });

  it("are an error where there is no such test or variant", () => {
    const expectations = new Expectations(folder);
    const variant = { path: test.path, variant: "?b" };
    expectations.set(test, { fail: { removes: "because" } });
    expectations.set(variant, { fail: { removes: "because" } });
    expect(expectations.orphans([test, variant])).toEqual([]);
    expect(expectations.orphans([test])).toEqual(["the expectations name no variant: /a/b.html?b"]);
    expect(expectations.orphans([])).toEqual(["the expectations name no test: /a/b.html"]);
  });

  it("leave no file behind when nothing is expected to fail", () => {
    const expectations = new Expectations(folder);
    expectations.set(test, { fail: { removes: "because" } });
    expect(expectations.of(test)).toEqual({ fail: { removes: "because" } });
    expectations.set(test, { fail: {} });
    expect(expectations.of(test)).toEqual({});
  });
});

it("makes a hang and a crash results of their own, and goes on with the next test", async () => {
  const statuses: Record<string, string> = {};
  const tests = ["/hang", "/crash", "/fine"].map((path) => ({ ...test, path, url: path }));
  await runTests("", tests, {
    processes: 1,
    timeoutMs: 500,
    workerPath: fileURLToPath(new URL("fixtures/unruly-worker.ts", import.meta.url)),
    onResult: ({ path }, { harness }) => (statuses[path] = harness.status),
  });
  expect(statuses).toEqual({ "/hang": "HANG", "/crash": "CRASH", "/fine": "OK" });
});

it("ends the command with an error for one wrong expectation", (ctx) => {
  if (!findCorpus()) ctx.skip("web-platform-tests aren't here; `npm run wpt:checkout` brings them");
  const path = "/mediacapture-streams/GUM-api.https.html";
  const run = (): number | null => {
    const args = ["scripts/wpt.ts", "--filter", path, "--expectations", folder];
    return spawnSync(process.execPath, ["--import", "tsx", ...args]).status;
  };
  expect(run()).toBe(0);
  const fail = { "mediaDevices.getUserMedia() is present on navigator": "a lie" };
  new Expectations(folder).set({ path, variant: "" }, { fail });
  expect(run()).toBe(1);
});
