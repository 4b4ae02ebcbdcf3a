import { expect, test } from "vitest";

import { parseDuration } from "../../../../src/cli/options/parse-duration.ts";
import { UsageError } from "../../../../src/cli/errors.ts";

test.each([
  ["5s", 5000],
  ["5", 5000],
  ["0.5", 500],
  ["500ms", 500],
  ["1m30s", 90_000],
  ["1.5h", 5_400_000],
  ["1h2m3s4ms", 3_723_004],
])("%s is %i ms", (text, durationMs) => {
  expect(parseDuration(text)).toBe(durationMs);
});

test.each(["", "s", "5x", "5 s", "-5s", "0s", "1m30", "five", "5s!"])("%j is refused", (text) => {
  expect(() => parseDuration(text)).toThrow(UsageError);
});
