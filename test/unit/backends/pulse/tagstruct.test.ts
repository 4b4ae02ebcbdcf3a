import * as fc from "fast-check";
import { expect, test } from "vitest";

import { ProtocolError } from "../../../../src/backends/pulse/protocol-error.ts";
import { TagstructReader } from "../../../../src/backends/pulse/tagstruct-reader.ts";
import { TagstructWriter } from "../../../../src/backends/pulse/tagstruct-writer.ts";

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u8 = fc.integer({ min: 0, max: 255 });
const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
const wellFormed = text.filter((value) => Buffer.from(value).toString() === value);

/** One value of each type: how to write it and how to read it. */
const value = fc.oneof(
  u32.map((v) => ({ v, write: (w: TagstructWriter) => w.u32(v), read: "u32" as const })),
  u8.map((v) => ({ v, write: (w: TagstructWriter) => w.u8(v), read: "u8" as const })),
  fc.boolean().map((v) => ({
    v,
    write: (w: TagstructWriter) => w.boolean(v),
    read: "boolean" as const,
  })),
  fc.option(wellFormed).map((v) => ({
    v,
    write: (w: TagstructWriter) => w.string(v),
    read: "string" as const,
  })),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => ({
    v: Buffer.from(bytes),
    write: (w: TagstructWriter) => w.arbitrary(bytes),
    read: "arbitrary" as const,
  })),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((v) => ({
    v,
    write: (w: TagstructWriter) => w.usec(v),
    read: "usec" as const,
  })),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((v) => ({
    v,
    write: (w: TagstructWriter) => w.s64(v),
    read: "s64" as const,
  })),
  fc.record({ seconds: u32, microseconds: u32 }).map((v) => ({
    v,
    write: (w: TagstructWriter) => w.timeval(v.seconds, v.microseconds),
    read: "timeval" as const,
  })),
  fc.record({ format: u8, channels: u8, rate: u32 }).map((v) => ({
    v,
    write: (w: TagstructWriter) => w.sampleSpec(v),
    read: "sampleSpec" as const,
  })),
  fc.array(u8, { maxLength: 32 }).map((v) => ({
    v,
    write: (w: TagstructWriter) => w.channelMap(v),
    read: "channelMap" as const,
  })),
  fc.array(u32, { maxLength: 32 }).map((v) => ({
    v,
    write: (w: TagstructWriter) => w.channelVolumes(v),
    read: "channelVolumes" as const,
  })),
  fc.array(fc.tuple(wellFormed, wellFormed), { maxLength: 10 }).map((pairs) => {
    const properties = Object.fromEntries(pairs.filter(([key]) => key !== "__proto__"));
    return {
      v: new Map(Object.entries(properties)),
      write: (w: TagstructWriter) => w.propertyList(properties),
      read: "propertyList" as const,
    };
  }),
);

test("What is written is read back, in order and to the end", () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), (values) => {
      const writer = new TagstructWriter();
      for (const { write } of values) write(writer);
      const reader = new TagstructReader(writer.toBuffer());
      for (const { v, read } of values) expect(reader[read]()).toEqual(v);
      expect(reader.atEnd).toBe(true);
    }),
    { numRuns: 500 },
  );
});

const reads = fc.constantFrom(
  ...(["u32", "u8", "boolean", "string", "arbitrary", "usec", "s64", "timeval"] as const),
  ...(["sampleSpec", "channelMap", "channelVolumes", "volume"] as const),
  ...(["propertyList", "formatInfo"] as const),
);

test("Whatever bytes come, reading gives values or a ProtocolError", () => {
  const tags = fc.constantFrom(...Buffer.from("tNLBRrax10TUmvPVf"));
  const bytes = fc.array(fc.oneof(tags, u8), { maxLength: 200 });
  const check = fc.check(
    fc.property(bytes, fc.array(reads, { maxLength: 30 }), (content, calls) => {
      const reader = new TagstructReader(Buffer.from(content));
      try {
        for (const call of calls) reader[call]();
        return true;
      } catch (error) {
        return error instanceof ProtocolError;
      }
    }),
    { numRuns: 2000 },
  );
  expect(check.failed).toBe(false);
});

test("A packet cut short anywhere is a ProtocolError", () => {
  const whole = new TagstructWriter()
    .u32(1)
    .string("name")
    .sampleSpec({ format: 3, channels: 2, rate: 48_000 })
    .propertyList({ "device.description": "Microphone" })
    .toBuffer();
  for (let length = 0; length < whole.length; length += 1) {
    const reader = new TagstructReader(whole.subarray(0, length));
    expect(() => {
      reader.u32();
      reader.string();
      reader.sampleSpec();
      reader.propertyList();
    }).toThrow(ProtocolError);
  }
});
