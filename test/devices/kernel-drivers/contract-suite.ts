import { expect, it } from "vitest";
import type { Findings } from "../../support/vm.ts";

interface Result {
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly errors: readonly string[];
}

/** What `test/vm/contract-scenario.mjs` must have found. */
export function contractSuite(found: () => Findings): void {
  it.each(["v4l2", "alsa"])("holds for %s: no test of the suite failed or was left out", (name) => {
    const results = (found().get("contract") ?? []) as readonly Result[];
    const own = results.filter((result) => result.name.startsWith(`the ${name} backend`));
    expect(own).not.toEqual([]);
    expect(own.filter(({ state }) => state !== "passed")).toEqual([]);
  });
}
