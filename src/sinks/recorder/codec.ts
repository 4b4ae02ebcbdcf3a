import type { MediaKind } from "../../engine/contract.ts";

/** What a codec is called inside the recorder, whatever name a codecs parameter uses for it. */
export type VideoCodec = "vp8" | "vp9" | "av1" | "avc";
export type AudioCodec = "opus" | "aac" | "pcm";
export type Codec = VideoCodec | AudioCodec;

/** Names that a codecs parameter may use, by what stands before the first dot (RFC 6381). */
const identifiers: ReadonlyMap<string, Codec> = new Map([
  ["vp8", "vp8"],
  ["vp08", "vp8"],
  ["vp9", "vp9"],
  ["vp09", "vp9"],
  ["av1", "av1"],
  ["av01", "av1"],
  ["h264", "avc"],
  ["avc1", "avc"],
  // The same, where decoders are told that parameter sets may also come within the pictures.
  ["avc3", "avc"],
  ["opus", "opus"],
  ["aac", "aac"],
  ["mp4a", "aac"],
  ["pcm", "pcm"],
  ["1", "pcm"],
] as const);

const audioCodecs: ReadonlySet<Codec> = new Set<AudioCodec>(["opus", "aac", "pcm"]);

/** The codec that one member of a codecs parameter names; undefined when it is none of ours. */
export function codecOf(codecString: string): Codec | undefined {
  return identifiers.get((codecString.split(".")[0] ?? "").toLowerCase());
}

/** Every codec of a recording. */
export const codecs: readonly Codec[] = [...new Set(identifiers.values())];

export function isVideoCodec(codec: Codec): codec is VideoCodec {
  return !audioCodecs.has(codec);
}

export function kindOf(codec: Codec): MediaKind {
  return isVideoCodec(codec) ? "video" : "audio";
}
