/**
 * Boxes of ISO base media files: reading them in a buffer, and making them.
 * @see https://www.iso.org/standard/83102.html (ISO/IEC 14496-12)
 */

/** A box in a buffer. */
export interface Mp4Box {
  readonly type: string;
  /** Where its header begins, where that ends, and where the box does. */
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const headerBytes = 8;
const largeHeaderBytes = 16;

/** What a box's header says; undefined where it isn't whole, or is none. */
export function readHeader(
  bytes: Buffer,
  at = 0,
): { readonly type: string; readonly header: number; readonly size: number } | undefined {
  if (bytes.length < at + headerBytes) return undefined;
  const type = bytes.toString("latin1", at + 4, at + 8);
  const size = bytes.readUInt32BE(at);
  if (size !== 1) return size < headerBytes ? undefined : { type, header: headerBytes, size };
  if (bytes.length < at + largeHeaderBytes) return undefined;
  return { type, header: largeHeaderBytes, size: Number(bytes.readBigUInt64BE(at + 8)) };
}

/** The boxes that lie one after the other in this part of a buffer. */
export function boxesIn(bytes: Buffer, body = 0, end = bytes.length): Mp4Box[] {
  const boxes: Mp4Box[] = [];
  for (let at = body; at < end;) {
    const read = readHeader(bytes, at);
    if (read === undefined || at + read.size > end) break;
    boxes.push({ type: read.type, start: at, body: at + read.header, end: at + read.size });
    at += read.size;
  }
  return boxes;
}

/** The first box at this path of types. @throws Error when there is none */
export function boxAt(bytes: Buffer, path: readonly string[], within?: Mp4Box): Mp4Box {
  const found = findBox(bytes, path, within);
  if (found === undefined) throw new Error(`The recording's MP4 has no ${path.join("/")} box.`);
  return found;
}

export function findBox(
  bytes: Buffer,
  path: readonly string[],
  within?: Mp4Box,
): Mp4Box | undefined {
  let found = within;
  for (const type of path) {
    found = boxesIn(bytes, found?.body, found?.end).find((box) => box.type === type);
    if (found === undefined) return undefined;
  }
  return found;
}

/** The version of a full box, and its flags. */
export function versionOf(bytes: Buffer, { body }: Mp4Box): { version: number; flags: number } {
  return { version: bytes.readUInt8(body), flags: bytes.readUIntBE(body + 1, 3) };
}

export function makeBox(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + headerBytes), Buffer.from(type, "latin1"), body]);
}

export function makeFullBox(type: string, version: number, ...parts: readonly Buffer[]): Buffer {
  return makeBox(type, u32(version * 2 ** 24), ...parts);
}

/** The header of a box of media data with this size, which lies in front of the data. */
export function mediaDataHeader(size: number): Buffer {
  return size < 2 ** 32
    ? Buffer.concat([u32(size), Buffer.from("mdat")])
    : Buffer.concat([u32(1), Buffer.from("mdat"), u64(size)]);
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
