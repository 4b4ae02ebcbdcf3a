import { makeBox, mediaDataHeader, readHeader } from "./mp4-boxes.ts";
import { Mp4Movie } from "./mp4-movie.ts";
import type { RecordingTarget } from "../recording-target.ts";

/** What a power cut leaves of a file ends at one of these. */
const pageBytes = 4_096;

/** The smallest box there is. */
const smallestBox = 8;

/**
 * The layout of an MP4: fragments while it is written, so that it is playable wherever it breaks off,
 * and an ordinary file with one index when it is finished. In a file the index is appended, and eight
 * bytes in place of the header of the first `moov` then make media data of everything between; in
 * memory, the index is put first.
 */
export class Mp4File implements RecordingTarget {
  readonly #target: RecordingTarget;
  #rest: Uint8Array[] = [];
  #restBytes = 0;
  /** What the first box of the rest needs to be whole. */
  #wantedBytes = smallestBox;
  #position = 0;
  #moovPosition = 0;
  #movie: Mp4Movie | undefined;
  /** A `moof` that waits for its media data, so that no more than whole fragments are written. */
  #moof: Buffer | undefined;

  constructor(target: RecordingTarget) {
    this.#target = target;
  }

  /** Takes the fragmented file as the muxer makes it. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#rest.push(bytes);
    this.#restBytes += bytes.byteLength;
    if (this.#restBytes < this.#wantedBytes) return;
    const rest = Buffer.concat(this.#rest);
    let at = 0;
    for (;;) {
      const size = readHeader(rest, at)?.size;
      this.#wantedBytes = size ?? smallestBox * 2;
      if (size === undefined || at + size > rest.length) break;
      await this.#take(rest.subarray(at, at + size));
      at += size;
    }
    this.#rest = [rest.subarray(at)];
    this.#restBytes = rest.length - at;
  }

  /** Makes an ordinary file of it, where the target can be patched and nobody has its beginning. */
  async finish(): Promise<void> {
    const { insert, patch, isHandedOut = false } = this.#target;
    if (this.#movie === undefined || this.#movie.isEmpty || patch === undefined || isHandedOut) {
      return;
    }
    const header = mediaDataHeader(this.#position - this.#moovPosition);
    if (insert === undefined) {
      await this.#target.write(this.#movie.build());
      // The index has to be there before the fragments are hidden.
      await this.#target.sync?.();
      await patch.call(this.#target, header, this.#moovPosition);
      return;
    }
    const { byteLength } = this.#movie.build();
    await insert.call(this.#target, this.#movie.build(byteLength), this.#moovPosition);
    await patch.call(this.#target, header, this.#moovPosition + byteLength);
  }

  async #take(box: Buffer): Promise<void> {
    const type = readHeader(box)?.type;
    if (type === "moof") {
      this.#moof = box;
    } else if (type === "mdat" && this.#moof !== undefined) {
      await this.#writeFragment(this.#moof, box);
      this.#moof = undefined;
    } else if (type !== "mfra") {
      if (type === "moov") {
        this.#movie = new Mp4Movie(box);
        this.#moovPosition = this.#position;
      }
      await this.#append(box);
    }
    // An index of fragments would be wrong: others lie before them, and none is needed at the end.
  }

  /** One write, so that what can't be written whole can be taken back. */
  async #writeFragment(moof: Buffer, mdat: Buffer): Promise<void> {
    const padding = this.#paddingBefore(moof.length + smallestBox);
    this.#movie?.addFragment(moof, this.#position + padding.length);
    await this.#append(Buffer.concat([padding, moof, mdat]));
  }

  /** Readers give a file up that ends within a `moof`: none lies across the border of a page. */
  #paddingBefore(bytes: number): Buffer {
    if (!this.#target.isFile) return Buffer.alloc(0);
    const left = pageBytes - (this.#position % pageBytes);
    if (left === pageBytes || left >= bytes) return Buffer.alloc(0);
    const padding = left < smallestBox ? left + pageBytes : left;
    return makeBox("free", new Uint8Array(padding - smallestBox));
  }

  async #append(bytes: Buffer): Promise<void> {
    this.#position += bytes.length;
    await this.#target.write(bytes);
  }
}
