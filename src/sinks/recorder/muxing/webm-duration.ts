import type { RecordingTarget } from "../recording-target.ts";

/** Matroska's element ids. */
const muxingApp = [0x4d, 0x80];
const writingApp = [0x57, 0x41];
const durationId = [0x44, 0x89];
const voidId = 0xec;

const durationBytes = 11;

/**
 * Makes room in a WebM header for the duration, which an append-only muxer leaves out, and fills it
 * in at the end where the target can be patched. The names of the programs that wrote the file give
 * up the room, so that no other byte moves.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9559.html#name-info-element
 */
export class WebmDuration implements RecordingTarget {
  readonly #target: RecordingTarget;
  #written = 0;
  #position: number | undefined;

  constructor(target: RecordingTarget) {
    this.#target = target;
  }

  write(bytes: Uint8Array): Promise<void> | void {
    if (this.#position === undefined) {
      const offset = reserveDuration(bytes);
      if (offset !== undefined) this.#position = this.#written + offset;
    }
    this.#written += bytes.byteLength;
    return this.#target.write(bytes);
  }

  async finish(durationUs: number): Promise<void> {
    if (this.#position === undefined) return;
    const element = Buffer.alloc(durationBytes);
    element.set([...durationId, 0x88]);
    element.writeDoubleBE(durationUs / 1_000, 3);
    await this.#target.patch?.(element, this.#position);
  }
}

/** Rewrites the two names in place, with room after them; the room's offset. */
function reserveDuration(bytes: Uint8Array): number | undefined {
  const start = indexOf(bytes, muxingApp);
  const first = start === undefined ? undefined : elementEnd(bytes, start);
  if (start === undefined || first === undefined || !startsAt(bytes, first, writingApp)) {
    return undefined;
  }
  const end = elementEnd(bytes, first);
  const names = [...nameElement(muxingApp, "Mediabunny"), ...nameElement(writingApp, "usermedia")];
  const room = (end ?? start) - start - names.length;
  if (room < durationBytes + 2) return undefined;
  const offset = start + names.length;
  bytes.set(names, start);
  bytes.set(voidElement(durationBytes), offset);
  bytes.set(voidElement(room - durationBytes), offset + durationBytes);
  return offset;
}

function nameElement(id: readonly number[], name: string): number[] {
  return [...id, 0x80 | name.length, ...Buffer.from(name, "latin1")];
}

function voidElement(length: number): number[] {
  return [voidId, 0x80 | (length - 2), ...Array.from({ length: length - 2 }, () => 0)];
}

/** The end of an element with an id of two bytes and a size of one. */
function elementEnd(bytes: Uint8Array, start: number): number | undefined {
  const size = bytes[start + 2] ?? 0;
  return size > 0x80 && size < 0xff ? start + 3 + (size & 0x7f) : undefined;
}

function startsAt(bytes: Uint8Array, offset: number, id: readonly number[]): boolean {
  return id.every((byte, index) => bytes[offset + index] === byte);
}

function indexOf(bytes: Uint8Array, id: readonly number[]): number | undefined {
  const index = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(
    Uint8Array.from(id),
  );
  return index === -1 ? undefined : index;
}
