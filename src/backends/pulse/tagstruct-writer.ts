import type { SampleSpec } from "./sample-spec.ts";
import { Tag } from "./tags.ts";

/** Writes a tagstruct: values in order, each after its tag, numbers big-endian. */
export class TagstructWriter {
  readonly #parts: Buffer[] = [];

  toBuffer(): Buffer {
    return Buffer.concat(this.#parts);
  }

  u32(value: number): this {
    const part = Buffer.allocUnsafe(5);
    part.writeUInt8(Tag.u32, 0);
    part.writeUInt32BE(value, 1);
    return this.#put(part);
  }

  u8(value: number): this {
    return this.#put(Buffer.from([Tag.u8, value]));
  }

  boolean(value: boolean): this {
    return this.#put(Buffer.from([value ? Tag.true : Tag.false]));
  }

  /** @param value without NUL characters, which end a string on the wire */
  string(value: string | null): this {
    if (value === null) return this.#put(Buffer.from([Tag.nullString]));
    return this.#put(Buffer.from([Tag.string]), Buffer.from(value, "utf8"), Buffer.from([0]));
  }

  arbitrary(value: Uint8Array): this {
    const head = Buffer.allocUnsafe(5);
    head.writeUInt8(Tag.arbitrary, 0);
    head.writeUInt32BE(value.length, 1);
    return this.#put(head, Buffer.from(value));
  }

  usec(valueUs: bigint): this {
    return this.#wide(Tag.usec, valueUs);
  }

  s64(value: bigint): this {
    return this.#wide(Tag.s64, value);
  }

  timeval(seconds: number, microseconds: number): this {
    const part = Buffer.allocUnsafe(9);
    part.writeUInt8(Tag.timeval, 0);
    part.writeUInt32BE(seconds, 1);
    part.writeUInt32BE(microseconds, 5);
    return this.#put(part);
  }

  sampleSpec({ format, channels, rate }: SampleSpec): this {
    const part = Buffer.allocUnsafe(7);
    part.writeUInt8(Tag.sampleSpec, 0);
    part.writeUInt8(format, 1);
    part.writeUInt8(channels, 2);
    part.writeUInt32BE(rate, 3);
    return this.#put(part);
  }

  channelMap(positions: readonly number[]): this {
    return this.#put(Buffer.from([Tag.channelMap, positions.length, ...positions]));
  }

  channelVolumes(volumes: readonly number[]): this {
    const part = Buffer.allocUnsafe(2 + volumes.length * 4);
    part.writeUInt8(Tag.channelVolumes, 0);
    part.writeUInt8(volumes.length, 1);
    volumes.forEach((volume, index) => part.writeUInt32BE(volume, 2 + index * 4));
    return this.#put(part);
  }

  volume(value: number): this {
    const part = Buffer.allocUnsafe(5);
    part.writeUInt8(Tag.volume, 0);
    part.writeUInt32BE(value, 1);
    return this.#put(part);
  }

  propertyList(properties: Readonly<Record<string, string>>): this {
    this.#put(Buffer.from([Tag.propertyList]));
    for (const [key, value] of Object.entries(properties)) {
      const bytes = Buffer.from(`${value}\0`, "utf8");
      this.string(key).u32(bytes.length).arbitrary(bytes);
    }
    return this.string(null);
  }

  #wide(tag: number, value: bigint): this {
    const part = Buffer.allocUnsafe(9);
    part.writeUInt8(tag, 0);
    part.writeBigUInt64BE(BigInt.asUintN(64, value), 1);
    return this.#put(part);
  }

  #put(...parts: Buffer[]): this {
    this.#parts.push(...parts);
    return this;
  }
}
