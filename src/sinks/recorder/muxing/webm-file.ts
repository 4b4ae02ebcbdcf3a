import type { RecordingTarget } from "../recording-target.ts";

/** Matroska's elements that a header is made of. */
const ids = {
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  cues: 0x1c53bb6b,
} as const;

const seekHeadId = Buffer.from([0x11, 0x4d, 0x9b, 0x74]);
const durationBytes = 11;

/** Room for a SeekHead with three entries of 21 bytes. */
export const seekHeadRoom = 128;

interface Element {
  readonly id: number;
  readonly start: number;
  readonly body: number;
  /** Undefined where it is open. */
  readonly end: number | undefined;
}

/**
 * The layout of WebM and Matroska: a header with room in it for what an append-only muxer leaves out,
 * the duration and a SeekHead, without which players read all of a file to find its Cues. The room is
 * that of a comment, which stands behind the tracks; no other byte moves, so that Cues stay right.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9559.html
 */
export class WebmFile implements RecordingTarget {
  readonly #target: RecordingTarget;
  #header: Buffer | undefined = Buffer.alloc(0);
  /** Where the segment's body begins: its positions count from there. */
  #segment = 0;
  #tracks = 0;
  #written = 0;
  /** Where the Cues begin in the last bytes that were written. */
  #cues: number | undefined;

  constructor(target: RecordingTarget) {
    this.#target = target;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#header === undefined) return await this.#append(bytes);
    this.#header = Buffer.concat([this.#header, bytes]);
    const header = this.#arrange(this.#header);
    if (header === undefined) return;
    this.#header = undefined;
    await this.#append(header);
  }

  async finish(durationUs: number): Promise<void> {
    if (this.#header !== undefined) {
      // No cluster has come: there is nothing to find.
      await this.#append(this.#header);
      return;
    }
    const duration = Buffer.from([0x44, 0x89, 0x88, ...new Uint8Array(8)]);
    duration.writeDoubleBE(durationUs / 1_000, 3);
    // It is the last of Info, which ends where Tracks begin.
    await this.#target.patch?.(duration, this.#segment + this.#tracks - durationBytes);
    if (this.#cues === undefined) return;
    const entries = Buffer.concat([
      seekEntry(ids.info, seekHeadRoom),
      seekEntry(ids.tracks, this.#tracks),
      seekEntry(ids.cues, this.#cues - this.#segment),
    ]);
    const seekHead = Buffer.concat([seekHeadId, Buffer.from([0x80 | entries.length]), entries]);
    const room = voidElement(seekHeadRoom - seekHead.length);
    await this.#target.patch?.(Buffer.concat([seekHead, room]), this.#segment);
  }

  /**
   * Segment, Info, Tracks, Tags → Segment, Void, Info with Duration, Tracks, Void; of the same length.
   * Undefined until the header is whole.
   */
  #arrange(bytes: Buffer): Buffer | undefined {
    const segment = elementAt(bytes, elementAt(bytes, 0)?.end);
    if (segment === undefined) return undefined;
    let info: Element | undefined;
    let tracks: Element | undefined;
    let element = elementAt(bytes, segment.body);
    while (element !== undefined && element.id !== ids.cluster) {
      if (element.id === ids.info) info = element;
      if (element.id === ids.tracks) tracks = element;
      element = elementAt(bytes, element.end);
    }
    if (element === undefined || info === undefined || tracks === undefined) return undefined;
    const told = bytes.subarray(info.body, info.end);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(0x10000000 | (told.length + durationBytes));
    const newInfo = Buffer.concat([id4(ids.info), size, told, voidElement(durationBytes)]);
    const before = [voidElement(seekHeadRoom), newInfo, bytes.subarray(tracks.start, tracks.end)];
    const rest = before.reduce((left, { length }) => left - length, element.start - segment.body);
    if (rest !== 0 && rest < 2) throw new Error("The recording's header has no room for an index.");
    this.#segment = segment.body;
    this.#tracks = seekHeadRoom + newInfo.length;
    return Buffer.concat([
      bytes.subarray(0, segment.body),
      ...before,
      rest === 0 ? Buffer.alloc(0) : voidElement(rest),
      bytes.subarray(element.start),
    ]);
  }

  async #append(bytes: Uint8Array): Promise<void> {
    const offset = findCues(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    this.#cues = offset === undefined ? undefined : this.#written + offset;
    this.#written += bytes.byteLength;
    await this.#target.write(bytes);
  }
}

/** Cues are the last of a file. */
function findCues(bytes: Buffer): number | undefined {
  for (let at = bytes.length; at > 0;) {
    at = bytes.lastIndexOf(id4(ids.cues), at - 1);
    if (at === -1) return undefined;
    if (elementAt(bytes, at)?.end === bytes.length) return at;
  }
  return undefined;
}

function elementAt(bytes: Buffer, start: number | undefined): Element | undefined {
  if (start === undefined || start + 12 > bytes.length) return undefined;
  const idBytes = widthOf(bytes[start] ?? 0);
  const sizeAt = start + idBytes;
  const sizeBytes = widthOf(bytes[sizeAt] ?? 0);
  if (idBytes > 4 || sizeBytes > 8) return undefined;
  const body = sizeAt + sizeBytes;
  let size = (bytes[sizeAt] ?? 0) & (0xff >> sizeBytes);
  let isOpen = size === 0xff >> sizeBytes;
  for (let at = sizeAt + 1; at < body; at += 1) {
    size = size * 256 + (bytes[at] ?? 0);
    isOpen &&= bytes[at] === 0xff;
  }
  const id = bytes.readUIntBE(start, idBytes);
  return { id, start, body, end: isOpen ? undefined : body + size };
}

/** How many bytes a number has that begins with this one. */
function widthOf(first: number): number {
  return Math.clz32(first) - 23;
}

function seekEntry(id: number, position: number): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(position));
  const [seek, seekId, seekPosition] = [
    [0x4d, 0xbb, 0x80 | 18],
    [0x53, 0xab, 0x84],
    [0x53, 0xac, 0x88],
  ].map((bytes) => Buffer.from(bytes)) as [Buffer, Buffer, Buffer];
  return Buffer.concat([seek, seekId, id4(id), seekPosition, place]);
}

function voidElement(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes[0] = 0xec;
  if (length < 10) bytes[1] = 0x80 | (length - 2);
  else {
    bytes.writeBigUInt64BE(BigInt(length - 9), 1);
    bytes[1] = 1;
  }
  return bytes;
}

function id4(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes;
}
