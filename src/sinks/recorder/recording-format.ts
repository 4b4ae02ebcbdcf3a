import type { MediaKind } from "../../engine/contract.ts";
import { codecOf } from "./codec.ts";
import type { AudioCodec, Codec, VideoCodec } from "./codec.ts";
import { containers } from "./containers.ts";
import type { Container, ContainerName } from "./containers.ts";
import type { CanEncode } from "./is-type-supported.ts";
import { parseMimeType } from "./parse-mime-type.ts";

/** A codec that was chosen, and the full codec string where the program gave one. */
export interface ChosenCodec<C extends Codec> {
  readonly codec: C;
  /** As in the codecs parameter, for example `avc1.64001E`. */
  readonly codecString: string;
}

/** What a recording is written as. */
export interface RecordingFormat {
  readonly container: ContainerName;
  /** The MIME type with the codecs of every recorded kind. */
  readonly mimeType: string;
  readonly video: ChosenCodec<VideoCodec> | undefined;
  readonly audio: ChosenCodec<AudioCodec> | undefined;
}

/** The identifier that a MIME type of ours uses for a codec where the program named none. */
const identifiers: Record<Codec, string> = {
  vp8: "vp8",
  vp9: "vp9",
  av1: "av01",
  avc: "avc1",
  opus: "opus",
  aac: "mp4a.40.2",
  pcm: "pcm",
};

/**
 * Chooses container and codecs for tracks of these kinds, within what `mimeType` asks for.
 * Undefined when they can't be recorded so.
 *
 * @param mimeType - empty leaves the choice to us: WebM with VP8 and Opus, or the next that this
 *   machine can encode.
 */
export function chooseFormat(
  mimeType: string,
  kinds: readonly MediaKind[],
  canEncode: CanEncode,
): RecordingFormat | undefined {
  if (mimeType !== "") return formatWithin(mimeType, kinds, canEncode);
  const type = kinds.includes("video") ? "video/" : "audio/";
  for (const essence of containers.keys()) {
    const format = essence.startsWith(type) && formatWithin(essence, kinds, canEncode);
    if (format) return format;
  }
  return undefined;
}

function formatWithin(
  mimeType: string,
  kinds: readonly MediaKind[],
  canEncode: CanEncode,
): RecordingFormat | undefined {
  const parsed = parseMimeType(mimeType);
  const container = parsed && containers.get(parsed.essence);
  if (parsed === undefined || container === undefined) return undefined;
  if (kinds.length > container.maximumTracks) return undefined;
  const video = chooseCodec(container.video, parsed.codecs, canEncode);
  const audio = chooseCodec(container.audio, parsed.codecs, canEncode);
  const hasVideo = kinds.includes("video");
  const hasAudio = kinds.includes("audio");
  if ((hasVideo && video === undefined) || (hasAudio && audio === undefined)) return undefined;
  const format = {
    container: container.name,
    video: hasVideo ? video : undefined,
    audio: hasAudio ? audio : undefined,
  };
  return { ...format, mimeType: extendMimeType(mimeType, parsed, format) };
}

function chooseCodec<C extends Codec>(
  candidates: Container["video" | "audio"] & readonly C[],
  asked: readonly string[],
  canEncode: CanEncode,
): ChosenCodec<C> | undefined {
  for (const codecString of asked) {
    const codec = candidates.find((candidate) => candidate === codecOf(codecString));
    if (codec !== undefined) return canEncode(codec) ? { codec, codecString } : undefined;
  }
  const codec = candidates.find(canEncode);
  return codec && { codec, codecString: identifiers[codec] };
}

/** Adds the codecs that are recorded, where the program's own MIME type doesn't name them all. */
function extendMimeType(
  mimeType: string,
  parsed: { readonly essence: string; readonly codecs: readonly string[] },
  format: Pick<RecordingFormat, "video" | "audio">,
): string {
  const used = [format.video, format.audio].flatMap((chosen) => chosen?.codecString ?? []);
  if (used.every((codec) => parsed.codecs.includes(codec))) return mimeType;
  return `${parsed.essence};codecs=${[...new Set([...parsed.codecs, ...used])].join(",")}`;
}
