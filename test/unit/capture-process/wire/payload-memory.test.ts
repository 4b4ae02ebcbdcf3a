import { expect, test } from "vitest";
import { PayloadMemory } from "../../../../src/capture-process/wire/payload-memory.ts";

const PICTURE = 320 * 240 * 1.5;

test("what is given back is used again for a payload of its length", () => {
  const memory = new PayloadMemory();
  const [first, second] = [memory.take(PICTURE), memory.take(PICTURE)];
  expect(second.buffer).not.toBe(first.buffer);
  memory.give(first);
  expect(memory.take(PICTURE + 1).buffer).not.toBe(first.buffer);
  expect(memory.take(PICTURE)).toBe(first);
  expect(memory.take(PICTURE)).not.toBe(first);
});

test("a few are kept: those of another mode make room for those of this one", () => {
  const memory = new PayloadMemory();
  const old = memory.take(2 * PICTURE);
  memory.give(old);
  const pictures = Array.from({ length: 6 }, () => memory.take(PICTURE));
  for (const picture of pictures) memory.give(picture);
  expect(memory.take(2 * PICTURE)).not.toBe(old);
  expect(pictures.includes(memory.take(PICTURE))).toBe(true);
});

test("short ones are left to the collector", () => {
  const memory = new PayloadMemory();
  const sound = memory.take(960);
  memory.give(sound);
  expect(memory.take(960)).not.toBe(sound);
});
