import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GatheredWrites } from "../../../../src/sinks/recorder/gathered-writes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function gather(fail?: Error) {
  const written: string[] = [];
  const gathered = new GatheredWrites(async (bytes) => {
    written.push(Buffer.from(bytes).toString());
    if (fail) throw fail;
  });
  return { written, gathered, add: (text: string) => gathered.add(Buffer.from(text)) };
}

test("Bytes that come together are one write, a tenth of a second after the first", async () => {
  const { add, written } = gather();
  await add("one ");
  await vi.advanceTimersByTimeAsync(60);
  await add("two");
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(40);
  expect(written).toEqual(["one two"]);
  await add("three");
  await vi.advanceTimersByTimeAsync(100);
  expect(written).toEqual(["one two", "three"]);
});

test("Many bytes are written at once, and waited for", async () => {
  const { add, written } = gather();
  await add("x".repeat(300_000));
  expect(written.map(({ length }) => length)).toEqual([300_000]);
  expect(vi.getTimerCount()).toBe(0);
});

test("A flush writes what waits, in order with what is being written", async () => {
  const { add, gathered, written } = gather();
  await add("a");
  const first = gathered.flush();
  await add("b");
  await Promise.all([first, gathered.flush()]);
  expect(written.join("")).toBe("ab");
  expect(vi.getTimerCount()).toBe(0);
});

test("After a failure nothing is written; who adds and who flushes hears of it", async () => {
  const { add, gathered, written } = gather(new Error("The disk is full."));
  await add("a");
  await vi.advanceTimersByTimeAsync(100);
  await expect(add("b")).rejects.toThrow("full");
  await expect(gathered.flush()).rejects.toThrow("full");
  expect(written).toEqual(["a"]);
});
