import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  avcConfiguration,
  lengthPrefixed,
  nalUnits,
} from "../../../../src/capture-process/child/annex-b.ts";

/** A NAL unit's bytes as an encoder writes them: no start code inside, no zero at the end. */
const unit = fc
  .array(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 40 })
  .map((bytes) => Uint8Array.from(bytes));

describe("nalUnits", () => {
  it("finds the units between start codes of three or four bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, fc.boolean())), (units) => {
        const stream = Buffer.concat(
          units.flatMap(([bytes, long]) => [Buffer.from(long ? [0, 0, 0, 1] : [0, 0, 1]), bytes]),
        );
        expect(nalUnits(stream).map((found) => [...found])).toEqual(
          units.map(([bytes]) => [...bytes]),
        );
      }),
    );
  });

  it("finds none in bytes without a start code", () => {
    expect(nalUnits(Uint8Array.from([1, 2, 3, 0, 0]))).toEqual([]);
  });
});

describe("lengthPrefixed", () => {
  it("writes each unit's length in four bytes before it", () => {
    const units = [Uint8Array.from([9, 8]), Uint8Array.from([7])];
    expect([...lengthPrefixed(units)]).toEqual([0, 0, 0, 2, 9, 8, 0, 0, 0, 1, 7]);
  });
});

describe("avcConfiguration", () => {
  const sps = Uint8Array.from([0x67, 0x42, 0xc0, 0x1e, 5]);
  const pps = Uint8Array.from([0x68, 6]);

  it("holds profile, level and both parameter sets", () => {
    const record = avcConfiguration([sps, pps]);
    expect([...(record ?? [])]).toEqual(
      [1, 0x42, 0xc0, 0x1e, 0xff, 0xe1, 0, 5, ...sps, 1, 0, 2, ...pps].flat(),
    );
  });

  it("is absent while a parameter set is", () => {
    expect(avcConfiguration([sps])).toBeUndefined();
  });
});
