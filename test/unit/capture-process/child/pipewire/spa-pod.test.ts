import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodePod,
  encodePod,
  flags,
  fraction,
  id,
  int,
  object,
  oneOf,
  PodChoice,
  range,
  rectangle,
} from "../../../../../src/capture-process/child/pipewire/spa-pod.ts";
import {
  offeredFormat,
  parseFormat,
} from "../../../../../src/capture-process/child/pipewire/video-format.ts";

const unsigned = fc.integer({ min: 0, max: 0xffff_ffff });

test("what is written is read back, and is padded to eight bytes", () => {
  fc.assert(
    fc.property(unsigned, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (one, other) => {
      const properties = [
        [1, id(one)],
        [2, int(other)],
        [3, rectangle(one, 7)],
        [4, fraction(one, 3)],
        [5, oneOf(int(1), int(other))],
        [6, range(int(5), int(1), int(9))],
        [7, flags(6)],
      ] as const;
      const bytes = encodePod(object(0x40003, 3, properties));
      expect(bytes.length % 8).toBe(0);
      expect(decodePod(bytes)).toEqual(
        new Map<number, unknown>([
          [1, one],
          [2, other],
          [3, [one, 7]],
          [4, [one, 3]],
          [5, new PodChoice([1, 1, other])],
          [6, new PodChoice([5, 1, 9])],
          [7, new PodChoice([6])],
        ]),
      );
    }),
  );
});

test("bytes that are no pod end in an error or a value, and never in a loop", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 200 }), (bytes) => {
      try {
        decodePod(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test("an offer that is taken as it is gives its first format", () => {
  const offered = decodePod(encodePod(offeredFormat({ width: 1366, height: 768 }, 30)));
  expect(parseFormat(offered)).toEqual({ pixels: "BGRX", width: 1366, height: 768 });
});

test("a format that wasn't offered is none", () => {
  const yuv = object(0x40003, 4, [
    [0x20001, id(2)],
    [0x20003, rectangle(640, 480)],
  ]);
  expect(parseFormat(decodePod(encodePod(yuv)))).toBeUndefined();
  expect(parseFormat(undefined)).toBeUndefined();
});
