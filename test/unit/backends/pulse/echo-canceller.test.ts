import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const canceller = JSON.stringify(resolve("dist/backends/pulse/echo-canceller.js"));
/** What a program says that starts a canceller once `before` has run. */
const says = (before: string): string =>
  execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `const { EchoCanceller } = await import(${canceller});
       const { openSync, writeSync } = await import("node:fs");
       ${before}
       const failure = await EchoCanceller.start(process.env, "source", 1).catch((error) => error);
       writeSync(1, failure.name + " " + failure.code + " " + failure.message);`,
    ],
    { encoding: "utf8" },
  );

test.each([
  ["no descriptor is left", "try { for (;;) openSync('/dev/null'); } catch {}"],
  ["Node.js itself is gone", "process.execPath = '/nonexistent/node';"],
])("where %s, a canceller fails as a device does, and the program goes on", (_what, before) => {
  expect(says(before)).toMatch(/^DeviceError .*The echo canceller didn't start: .+/u);
});
