import { expect, test } from "vitest";

import { withoutSecrets } from "../../../src/host/without-secrets.ts";

test("Every secret is cut out, the longest first, wherever it stands", () => {
  expect(withoutSecrets("key=abcdef, xabcd", ["abcd", "abcdef"])).toBe("key=…, x…");
});

test("A short secret is cut out where it stands alone", () => {
  expect(withoutSecrets("rtmp://host/live/a.b has an axb", ["a.b", ""])).toBe(
    "rtmp://host/live/… has an axb",
  );
});
