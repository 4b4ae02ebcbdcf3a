import { describe, expect, it } from "vitest";

import type { ConversionContext } from "../../../src/webidl/converter.ts";
import { dictionary } from "../../../src/webidl/dictionary.ts";
import { nodeIntrinsics } from "../../../src/webidl/intrinsics.ts";
import { boolean, clampedUnsignedLong, domString, double } from "../../../src/webidl/primitives.ts";
import { callbackFunction, enumeration, nullable, sequence } from "../../../src/webidl/types.ts";
import { union } from "../../../src/webidl/union.ts";
import {
  mediaStreamConstraints,
  mediaTrackConstraints,
} from "../../../src/web/constraints/constraint-dictionaries.ts";
import { displayMediaStreamOptions } from "../../../src/web/media-devices/display-media-options.ts";

const context: ConversionContext = { realm: nodeIntrinsics, description: "The value" };

/** An object that notes which of its members are read. */
function spy(members: Record<string, unknown>): { object: object; read: string[] } {
  const read: string[] = [];
  const object = new Proxy(members, {
    get(target, key) {
      if (typeof key === "string") read.push(key);
      return Reflect.get(target, key) as unknown;
    },
  });
  return { object, read };
}

describe("dictionary", () => {
  const base = dictionary<{ b?: number; z?: number }>("Base", { z: double, b: double });
  const derived = dictionary<
    { a?: number; b?: number; c: string; z?: number },
    { b?: number; z?: number }
  >("Derived", { c: { type: domString, defaultValue: () => "default" }, a: double }, base);

  it("reads members in lexicographic order, inherited ones first", () => {
    const { object, read } = spy({});
    derived(object, context);
    expect(read).toEqual(["b", "z", "a", "c"]);
  });

  it("leaves out what isn't given or isn't a member, and fills in defaults", () => {
    expect(derived({ a: "1", unknown: 2, z: undefined }, context)).toEqual({ a: 1, c: "default" });
    expect(derived(undefined, context)).toEqual({ c: "default" });
    expect(derived(null, context)).toEqual({ c: "default" });
  });

  it.each([[1], ["text"], [true], [Symbol("s")]])("refuses %s", (value) => {
    expect(() => derived(value, context)).toThrow(/is not of type 'Derived'/u);
  });

  it("asks for required members by name", () => {
    const type = dictionary<{ a: number }>("Needy", { a: { type: double, required: true } });
    expect(() => type({}, context)).toThrow("The value has no required member 'a'");
  });
});

describe("primitives", () => {
  it("clamps an unsigned long", () => {
    const convert = (value: unknown) => clampedUnsignedLong(value, context);
    expect([-1, 2 ** 40, 1.5, NaN, "7", null].map(convert)).toEqual([0, 2 ** 32 - 1, 2, 0, 7, 0]);
  });

  it("refuses numbers that aren't finite as a double", () => {
    for (const value of [NaN, Infinity, -Infinity, undefined, "text"]) {
      expect(() => double(value, context)).toThrow(TypeError);
    }
    expect(double("1.5", context)).toBe(1.5);
  });

  it("throws errors of the realm that was called", () => {
    class RealmTypeError extends TypeError {}
    const realm = { ...nodeIntrinsics, TypeError: RealmTypeError as TypeErrorConstructor };
    const elsewhere = { realm, description: "The value" };
    expect(() => double(Symbol("s"), elsewhere)).toThrow(TypeError);
    expect(() => double(NaN, elsewhere)).toThrow(RealmTypeError);
    expect(() => sequence(double)(1, elsewhere)).toThrow(RealmTypeError);
  });
});

describe("sequence, nullable, callback and enumeration", () => {
  it("takes any iterable and says which element is wrong", () => {
    const doubles = sequence(double);
    expect(doubles(new Set(["1", 2]), context)).toEqual([1, 2]);
    expect(() => doubles([1, "x"], context)).toThrow(/element 1 /u);
    expect(() => doubles("12", context)).toThrow(/is not iterable/u);
    expect(() => doubles({ length: 1, 0: 1 }, context)).toThrow(/is not iterable/u);
  });

  it("takes null, undefined and values of the type as nullable", () => {
    expect([null, undefined, "1"].map((value) => nullable(double)(value, context))).toEqual([
      null,
      null,
      1,
    ]);
  });

  it("takes functions alone as callbacks", () => {
    const callback = callbackFunction<() => void>();
    expect(callback(expect, context)).toBe(expect);
    expect(() => callback({ handleEvent: expect }, context)).toThrow(/is not a function/u);
  });

  it("lists the values of an enumeration that was missed", () => {
    const type = enumeration("Mode", ["none", "crop"]);
    expect(type("crop", context)).toBe("crop");
    expect(() => type("zoom", context)).toThrow(/'zoom', .* Mode: none, crop/u);
  });
});

describe("union", () => {
  const type = union({
    name: "Anything",
    boolean,
    numeric: double,
    string: domString,
    sequence: domString,
    dictionary: dictionary<{ a?: number }>("D", { a: double }),
  });

  it.each([
    [true, true],
    [1, 1],
    ["x", "x"],
    [
      ["x", 1],
      ["x", "1"],
    ],
    [{ a: 1, b: 2 }, { a: 1 }],
    [null, {}],
    [undefined, {}],
  ])("converts %j by its class to %j", (value, expected) => {
    expect(type(value, context)).toEqual(expected);
  });

  it("converts what is of no class of its own to a string", () => {
    expect(type(10n, context)).toBe("10");
  });

  it("refuses a symbol", () => {
    expect(() => type(Symbol("s"), context)).toThrow(TypeError);
  });
});

describe("the constraint dictionaries", () => {
  it("keep what is a constraint, in all its forms", () => {
    const given = {
      width: { min: 1, max: 2, exact: "3", ideal: -4, unknown: 1 },
      height: "480",
      facingMode: ["user", "left"],
      deviceId: { exact: ["a", 1] },
      echoCancellation: "all",
      autoGainControl: { ideal: 0 },
      unknown: true,
      advanced: [{ frameRate: 30, unknown: 1 }],
    };
    expect(mediaTrackConstraints(given, context)).toEqual({
      width: { min: 1, max: 2, exact: 3, ideal: 0 },
      height: 480,
      facingMode: ["user", "left"],
      deviceId: { exact: ["a", "1"] },
      echoCancellation: "all",
      autoGainControl: { ideal: false },
      advanced: [{ frameRate: 30 }],
    });
  });

  it("read what is inherited before advanced, and max before min", () => {
    const { object: width, read: inRange } = spy({});
    const { object, read } = spy({ width });
    mediaTrackConstraints(object, context);
    expect(read.at(-1)).toBe("advanced");
    expect(read.slice(0, 2)).toEqual(["aspectRatio", "autoGainControl"]);
    expect(inRange).toEqual(["max", "min", "exact", "ideal"]);
  });

  it("have audio and video off, and a display's video on, by default", () => {
    expect(mediaStreamConstraints({}, context)).toEqual({ audio: false, video: false });
    expect(mediaStreamConstraints({ audio: 1, video: null }, context)).toEqual({
      audio: true,
      video: {},
    });
    expect(displayMediaStreamOptions({}, context)).toEqual({ audio: false, video: true });
  });

  it("pass on what a getter throws", () => {
    const fault = new Error("from the page");
    const constraints = {
      get video(): boolean {
        throw fault;
      },
    };
    expect(() => mediaStreamConstraints(constraints, context)).toThrow(fault);
  });
});
