/** Each of web-platform-tests' pages is a test here; see `npm run wpt` for more about one of them. */
import { describe, expect, it } from "vitest";
import { compare } from "./runner/compare.ts";
import { findCorpus, listTests } from "./runner/corpus.ts";
import type { Test } from "./runner/corpus.ts";
import { Expectations } from "./runner/expectations.ts";
import { runTests } from "./runner/pool.ts";
import type { Result } from "./runner/result.ts";

/** All pages wait for their turn at once, so this is for the whole suite. */
const options = { timeout: 15 * 60_000 };

const corpus = findCorpus();
const tests = corpus ? listTests(corpus) : [];
const expectations = new Expectations();
const results = new Map(tests.map(({ url }) => [url, pending<Result>()]));
let running: Promise<void> | undefined;
let alone: Promise<void> = Promise.resolve();

it("finds web-platform-tests", (ctx) => {
  if (!corpus) ctx.skip("not on this machine; `npm run wpt:checkout` brings them");
  expect(tests).not.toEqual([]);
});

it("finds a test for each of the expectations", (ctx) => {
  if (!corpus) ctx.skip("web-platform-tests aren't on this machine");
  expect(expectations.orphans(tests)).toEqual([]);
});

describe.concurrent("web-platform-tests", () => {
  it.for(tests.map((test) => [test.url, test] as const))(
    "pass %s",
    options,
    async ([, test], ctx) => {
      const expectation = expectations.of(test);
      if (expectation.skip !== undefined) ctx.skip(expectation.skip);
      running ??= runAll(corpus ?? "");
      const result = await Promise.race([results.get(test.url)?.promise, running]);
      if (!result) throw new Error("The page wasn't run.");
      const { problems } = compare(result, expectation);
      if (problems.length === 0) return;
      // Pages time themselves, and two of them share two cores: alone, it has to be right.
      await running;
      await ctx.annotate(`run again alone, since: ${problems.join("; ")}`);
      expect(compare(await runAlone(test), expectation).problems).toEqual([]);
    },
  );
});

function runAll(folder: string): Promise<void> {
  const toRun = tests.filter((test) => expectations.of(test).skip === undefined);
  return runTests(folder, toRun, {
    processes: 2,
    onResult: ({ url }, result) => results.get(url)?.resolve(result),
  });
}

/** One page after the other. */
function runAlone(test: Test): Promise<Result> {
  const result = alone.then(async () => {
    const { promise, resolve } = pending<Result>();
    await runTests(corpus ?? "", [test], {
      processes: 1,
      onResult: (_test, page) => resolve(page),
    });
    return await promise;
  });
  alone = result.then(
    () => undefined,
    () => undefined,
  );
  return result;
}

function pending<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
