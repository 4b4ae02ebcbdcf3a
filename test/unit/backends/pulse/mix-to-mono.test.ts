import { expect, test } from "vitest";

import { mixToMono } from "../../../../src/backends/pulse/mix-to-mono.ts";

test("Channels that say the same keep their loudness", () => {
  expect([...mixToMono(Int16Array.of(1000, 1000, -32_768, -32_768), 2)]).toEqual([1000, -32_768]);
});

test("The mean of any channels never clips", () => {
  expect([...mixToMono(Int16Array.of(32_767, -32_768, 32_767, 32_767, 0, 3), 3)]).toEqual([
    10_922, 10_923,
  ]);
  expect([...mixToMono(Float32Array.of(1, 0, 0.5, 0.25), 2)]).toEqual([0.5, 0.375]);
});
