import { ProtocolError } from "./protocol-error.ts";
import type { SampleSpec } from "./sample-spec.ts";
import { Tag } from "./tags.ts";

/** Properties of one object are few; a list beyond this is no list of PulseAudio's. */
const MAX_PROPERTIES = 4096;

/**
 * Reads a tagstruct. Every method throws {@link ProtocolError} when the next value is of another
 * type or the packet ends inside it.
 */
export class TagstructReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** True when every value has been read. */
  get atEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  u32(): number {
    this.#expect(Tag.u32);
    return this.#take(4).readUInt32BE(0);
  }

  u8(): number {
    this.#expect(Tag.u8);
    return this.#take(1).readUInt8(0);
  }

  boolean(): boolean {
    const tag = this.#take(1).readUInt8(0);
    if (tag !== Tag.true && tag !== Tag.false) throw this.#unexpected(tag);
    return tag === Tag.true;
  }

  string(): string | null {
    const tag = this.#take(1).readUInt8(0);
    if (tag === Tag.nullString) return null;
    if (tag !== Tag.string) throw this.#unexpected(tag);
    const end = this.#bytes.indexOf(0, this.#offset);
    if (end < 0) throw new ProtocolError("A string has no end.");
    const value = this.#bytes.toString("utf8", this.#offset, end);
    this.#offset = end + 1;
    return value;
  }

  /** A view of the packet, valid as long as it is. */
  arbitrary(): Buffer {
    this.#expect(Tag.arbitrary);
    return this.#take(this.#take(4).readUInt32BE(0));
  }

  usec(): bigint {
    this.#expect(Tag.usec);
    return this.#take(8).readBigUInt64BE(0);
  }

  s64(): bigint {
    this.#expect(Tag.s64);
    return this.#take(8).readBigInt64BE(0);
  }

  timeval(): { seconds: number; microseconds: number } {
    this.#expect(Tag.timeval);
    const bytes = this.#take(8);
    return { seconds: bytes.readUInt32BE(0), microseconds: bytes.readUInt32BE(4) };
  }

  sampleSpec(): SampleSpec {
    this.#expect(Tag.sampleSpec);
    const bytes = this.#take(6);
    return {
      format: bytes.readUInt8(0),
      channels: bytes.readUInt8(1),
      rate: bytes.readUInt32BE(2),
    };
  }

  channelMap(): number[] {
    this.#expect(Tag.channelMap);
    return [...this.#take(this.#take(1).readUInt8(0))];
  }

  channelVolumes(): number[] {
    this.#expect(Tag.channelVolumes);
    const count = this.#take(1).readUInt8(0);
    const bytes = this.#take(count * 4);
    return Array.from({ length: count }, (_, index) => bytes.readUInt32BE(index * 4));
  }

  volume(): number {
    this.#expect(Tag.volume);
    return this.#take(4).readUInt32BE(0);
  }

  /** Values that are no text (icons and the like) come out as what their bytes give in UTF-8. */
  propertyList(): ReadonlyMap<string, string> {
    this.#expect(Tag.propertyList);
    const properties = new Map<string, string>();
    for (let key = this.string(); key !== null; key = this.string()) {
      if (properties.size >= MAX_PROPERTIES) throw new ProtocolError("A property list has no end.");
      const length = this.u32();
      const value = this.arbitrary();
      if (value.length !== length) throw new ProtocolError("A property's two lengths differ.");
      properties.set(key, value.toString("utf8").replace(/\0$/, ""));
    }
    return properties;
  }

  /** `pa_format_info`: an encoding and its properties. */
  formatInfo(): { encoding: number; properties: ReadonlyMap<string, string> } {
    this.#expect(Tag.formatInfo);
    return { encoding: this.u8(), properties: this.propertyList() };
  }

  #expect(tag: number): void {
    const found = this.#take(1).readUInt8(0);
    if (found !== tag) throw this.#unexpected(found);
  }

  #take(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new ProtocolError("A packet ends inside a value.");
    const bytes = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }

  #unexpected(tag: number): ProtocolError {
    return new ProtocolError(
      `Unexpected type 0x${tag.toString(16)} before byte ${this.#offset} of a packet.`,
    );
  }
}
