import type { Mp4Box } from "./mp4-boxes.ts";
import { boxAt, boxesIn, findBox, makeBox, makeFullBox, u32, u64, versionOf } from "./mp4-boxes.ts";
import { Mp4SampleTable } from "./mp4-sample-table.ts";
import type { Mp4Sample } from "./mp4-sample-table.ts";

interface Defaults {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

interface MovieTrack {
  readonly defaults: Defaults;
  /** Units in a second. */
  readonly timescale: number;
  readonly table: Mp4SampleTable;
}

/** In a sample's flags: it is no key frame. */
const isNoKeyFlag = 0x10000;

/**
 * The index of an MP4 that is written in fragments: what a `moov` says of all samples, which makes an
 * ordinary MP4 of it.
 */
export class Mp4Movie {
  readonly #moov: Buffer;
  readonly #timescale: number;
  readonly #tracks: ReadonlyMap<number, MovieTrack>;

  /** @param moov - the one of the fragmented file, whose tables are empty */
  constructor(moov: Uint8Array) {
    this.#moov = Buffer.from(moov);
    this.#timescale = timescaleOf(this.#moov, boxAt(this.#moov, ["moov", "mvhd"]));
    this.#tracks = readTracks(this.#moov);
  }

  get isEmpty(): boolean {
    return [...this.#tracks.values()].every(({ table }) => table.samples === 0);
  }

  /** @param position - of the `moof` in the file */
  addFragment(moof: Buffer, position: number): void {
    const fragment = boxAt(moof, ["moof"]);
    for (const traf of boxesIn(moof, fragment.body, fragment.end)) {
      if (traf.type === "traf") this.#addTrackFragment(moof, traf, position);
    }
  }

  /** The `moov` of an ordinary file. @param shift - added to the position of every sample */
  build(shift = 0): Buffer {
    const source = this.#moov;
    const movie = boxAt(source, ["moov"]);
    const tracks = boxesIn(source, movie.body, movie.end).filter(({ type }) => type === "trak");
    const made = tracks.map((trak) => this.#makeTrack(trak, shift));
    const length = Math.max(0, ...made.map((track) => track.length));
    const parts = boxesIn(source, movie.body, movie.end).flatMap((box) => {
      if (box.type === "mvex" || box.type === "trak") return [];
      return [box.type === "mvhd" ? withDuration(source, box, 16, length) : partOf(source, box)];
    });
    return makeBox("moov", ...parts, ...made.map((track) => track.trak));
  }

  #addTrackFragment(moof: Buffer, traf: Mp4Box, position: number): void {
    const header = boxAt(moof, ["tfhd"], traf);
    const track = this.#tracks.get(moof.readUInt32BE(header.body + 4));
    if (track === undefined) return;
    const defaults = { ...track.defaults, ...fragmentDefaults(moof, header) };
    const decode = findBox(moof, ["tfdt"], traf);
    if (decode !== undefined) track.table.moveTo(decodeTimeOf(moof, decode));
    for (const run of boxesIn(moof, traf.body, traf.end)) {
      if (run.type !== "trun") continue;
      const { offset, samples } = readRun(moof, run, defaults);
      track.table.add(position + offset, samples);
    }
  }

  #makeTrack(trak: Mp4Box, shift: number): { readonly trak: Buffer; readonly length: number } {
    const source = this.#moov;
    const header = boxAt(source, ["tkhd"], trak);
    const track = this.#tracks.get(trackIdOf(source, header));
    if (track === undefined) return { trak: partOf(source, trak), length: 0 };
    track.table.completeLast();
    const { edits, length } = this.#makeEdits(findBox(source, ["edts", "elst"], trak), track);
    const parts = boxesIn(source, trak.body, trak.end).flatMap((box) => {
      if (box.type === "edts") return [];
      if (box.type === "mdia") return [makeMedia(source, box, track.table, shift)];
      return box === header || box.type === "tkhd"
        ? [withDuration(source, box, 20, length), ...edits]
        : [partOf(source, box)];
    });
    return { trak: makeBox("trak", ...parts), length };
  }

  /** The edit list with the durations that nobody knew before; none where it would say nothing. */
  #makeEdits(list: Mp4Box | undefined, { table, timescale }: MovieTrack) {
    const inMovie = (units: number): number => Math.round((units * this.#timescale) / timescale);
    const entries = list === undefined ? [] : readEdits(this.#moov, list);
    const mediaTime = entries.find((entry) => entry.mediaTime >= 0)?.mediaTime ?? 0;
    const gaps = entries.filter((entry) => entry.mediaTime < 0 && entry.duration > 0);
    if (table.start > 0 && gaps.length === 0) {
      gaps.push({ duration: inMovie(table.start), mediaTime: -1 });
    }
    const shown = Math.max(0, inMovie(table.presentedLength - mediaTime));
    const all = [...gaps, { duration: shown, mediaTime }];
    const length = all.reduce((sum, { duration }) => sum + duration, 0);
    if (gaps.length === 0 && mediaTime === 0) return { edits: [], length };
    const bytes = all.map((edit) =>
      Buffer.concat([u64(edit.duration), u64(edit.mediaTime), u32(0x10000)]),
    );
    return { edits: [makeBox("edts", makeFullBox("elst", 1, u32(all.length), ...bytes))], length };
  }
}

function readTracks(moov: Buffer): ReadonlyMap<number, MovieTrack> {
  const movie = boxAt(moov, ["moov"]);
  const extensions = boxAt(moov, ["moov", "mvex"]);
  const defaults = new Map<number, Defaults>();
  for (const { type, body } of boxesIn(moov, extensions.body, extensions.end)) {
    if (type !== "trex") continue;
    const at = (index: number): number => moov.readUInt32BE(body + 4 + index * 4);
    defaults.set(at(0), { duration: at(2), size: at(3), flags: at(4) });
  }
  const tracks = new Map<number, MovieTrack>();
  for (const trak of boxesIn(moov, movie.body, movie.end)) {
    if (trak.type !== "trak") continue;
    const id = trackIdOf(moov, boxAt(moov, ["tkhd"], trak));
    tracks.set(id, {
      defaults: defaults.get(id) ?? { duration: 0, size: 0, flags: 0 },
      timescale: timescaleOf(moov, boxAt(moov, ["mdia", "mdhd"], trak)),
      table: new Mp4SampleTable(),
    });
  }
  return tracks;
}

/** Reads numbers of 32 bits one after the other. */
function reader(bytes: Buffer, start: number) {
  let at = start;
  return {
    next(): number {
      at += 4;
      return bytes.readUInt32BE(at - 4);
    },
    nextSigned(): number {
      at += 4;
      return bytes.readInt32BE(at - 4);
    },
    skip(count: number): void {
      at += count;
    },
  };
}

function fragmentDefaults(moof: Buffer, header: Mp4Box): Partial<Defaults> {
  const { flags } = versionOf(moof, header);
  const read = reader(moof, header.body + 8);
  if (flags & 0x1) throw new Error("The recording's MP4 has fragments with absolute positions.");
  if (flags & 0x2) read.skip(4);
  return {
    ...(flags & 0x8 && { duration: read.next() }),
    ...(flags & 0x10 && { size: read.next() }),
    ...(flags & 0x20 && { flags: read.next() }),
  };
}

function decodeTimeOf(moof: Buffer, box: Mp4Box): number {
  return versionOf(moof, box).version === 0
    ? moof.readUInt32BE(box.body + 4)
    : Number(moof.readBigUInt64BE(box.body + 4));
}

/** @returns the samples of a run, and where they lie from the beginning of the `moof` on */
function readRun(
  moof: Buffer,
  run: Mp4Box,
  defaults: Defaults,
): { readonly offset: number; readonly samples: Mp4Sample[] } {
  const { flags } = versionOf(moof, run);
  const read = reader(moof, run.body + 4);
  const count = read.next();
  const offset = flags & 0x1 ? read.nextSigned() : 0;
  const firstFlags = flags & 0x4 ? read.next() : undefined;
  const samples = Array.from({ length: count }, (_sample, index) => {
    const duration = flags & 0x100 ? read.next() : defaults.duration;
    const size = flags & 0x200 ? read.next() : defaults.size;
    const own = flags & 0x400 ? read.next() : defaults.flags;
    const sampleFlags = index === 0 ? (firstFlags ?? own) : own;
    const isKey = (sampleFlags & isNoKeyFlag) === 0;
    return { duration, size, isKey, offset: flags & 0x800 ? read.nextSigned() : 0 };
  });
  return { offset, samples };
}

function readEdits(moov: Buffer, list: Mp4Box): { duration: number; mediaTime: number }[] {
  const isLarge = versionOf(moov, list).version === 1;
  const count = moov.readUInt32BE(list.body + 4);
  return Array.from({ length: count }, (_edit, index) => {
    const at = list.body + 8 + index * (isLarge ? 20 : 12);
    return isLarge
      ? {
          duration: Number(moov.readBigUInt64BE(at)),
          mediaTime: Number(moov.readBigInt64BE(at + 8)),
        }
      : { duration: moov.readUInt32BE(at), mediaTime: moov.readInt32BE(at + 4) };
  });
}

function makeMedia(source: Buffer, media: Mp4Box, table: Mp4SampleTable, shift: number): Buffer {
  const parts = boxesIn(source, media.body, media.end).map((box) => {
    if (box.type === "mdhd") return withDuration(source, box, 16, table.decodedLength);
    if (box.type !== "minf") return partOf(source, box);
    const information = boxesIn(source, box.body, box.end).map((part) => {
      if (part.type !== "stbl") return partOf(source, part);
      const descriptions = partOf(source, boxAt(source, ["stsd"], part));
      return makeBox("stbl", descriptions, ...table.boxes(shift));
    });
    return makeBox("minf", ...information);
  });
  return makeBox("mdia", ...parts);
}

function partOf(source: Buffer, { start, end }: Mp4Box): Buffer {
  return source.subarray(start, end);
}

function trackIdOf(source: Buffer, header: Mp4Box): number {
  return source.readUInt32BE(header.body + (versionOf(source, header).version === 1 ? 20 : 12));
}

function timescaleOf(source: Buffer, header: Mp4Box): number {
  return source.readUInt32BE(header.body + (versionOf(source, header).version === 1 ? 20 : 12));
}

/**
 * A copy of a header box with its duration.
 * @param at - where the duration is in the body of version 0; two times are 4 bytes longer in 1
 */
function withDuration(source: Buffer, box: Mp4Box, at: number, duration: number): Buffer {
  const copy = Buffer.from(partOf(source, box));
  const body = box.body - box.start;
  if (copy[body] === 1) copy.writeBigUInt64BE(BigInt(duration), body + at + 8);
  else copy.writeUInt32BE(Math.min(duration, 0xffffffff), body + at);
  return copy;
}
