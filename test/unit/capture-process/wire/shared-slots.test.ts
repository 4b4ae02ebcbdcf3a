import { openSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { SharedSlots } from "../../../../src/capture-process/wire/shared-slots.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const SLOT_BYTES = 1000;

/** Both ends, in one process. */
function setUp() {
  const path = join(temporaryFolder(), "shared");
  const open = (flags: string) => ({ fd: openSync(path, flags), slotBytes: SLOT_BYTES });
  const program = new SharedSlots("program", open("wx+"));
  const child = new SharedSlots("child", open("r+"));
  unlinkSync(path);
  onTestFinished(() => {
    program.close();
    child.close();
  });
  return { child, program };
}

const payload = (byte: number, length = SLOT_BYTES) => new Uint8Array(length).fill(byte);

test("both sides write to slots of their own, which the other reads", () => {
  const { child, program } = setUp();
  const [toChild, toProgram] = [payload(1), payload(2)];
  const written = [
    program.write([toChild.subarray(0, 300), toChild.subarray(300)], 1000),
    child.write([toProgram], 1000),
  ] as const;
  const [heard, said] = [payload(0), payload(0)];
  expect(child.read(written[0] ?? -1, heard)).toBe(true);
  expect(program.read(written[1] ?? -1, said)).toBe(true);
  expect([heard, said]).toEqual([toChild, toProgram]);
});

test("a slot is written again when the other side has read it, and not before", () => {
  const { child } = setUp();
  const slots = [0, 1, 2].map((byte) => child.write([payload(byte)], 1000));
  expect(new Set(slots).size).toBe(3);
  expect(child.isFull).toBe(true);
  expect(child.write([payload(3)], 1000)).toBeUndefined();
  expect(child.free(slots[1] ?? -1)).toBe(true);
  expect(child.isFull).toBe(false);
  expect(child.write([payload(3)], 1000)).toBe(slots[1]);
});

test("what is no slot of the other side, or not in use, is refused", () => {
  const { child, program } = setUp();
  const slot = child.write([payload(1, 10)], 10) ?? -1;
  for (const wrong of [-1, 1.5, 6, 4_000_000_000]) {
    expect(program.read(wrong, payload(0, 10))).toBe(false);
    expect(program.free(wrong)).toBe(false);
  }
  // Its own, and longer than what was ever written.
  expect(child.read(slot, payload(0, 10))).toBe(false);
  expect(program.read(slot, payload(0, 11))).toBe(false);
  expect(program.read(slot, payload(0, SLOT_BYTES + 1))).toBe(false);
});

test("what is longer than a slot goes another way", () => {
  const { child } = setUp();
  expect(child.takes(SLOT_BYTES)).toBe(true);
  expect(child.takes(SLOT_BYTES + 1)).toBe(false);
  expect(child.write([payload(1, SLOT_BYTES + 1)], SLOT_BYTES + 1)).toBeUndefined();
});
