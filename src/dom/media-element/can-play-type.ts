import { parseMimeType } from "../../sinks/recorder/parse-mime-type.ts";

/** Files that are played, by their subtypes. */
const CONTAINERS = {
  audio: "aac flac matroska mp3 mp4 mpeg ogg wav wave webm x-flac x-m4a x-matroska x-wav",
  video: "matroska mp4 ogg quicktime webm x-matroska",
};
const ESSENCES: ReadonlySet<string> = new Set(
  Object.entries(CONTAINERS).flatMap(([type, subtypes]) =>
    subtypes.split(" ").map((subtype) => `${type}/${subtype}`),
  ),
);

/** What they may hold, by what stands before the first dot of a member of a codecs parameter. */
const CODECS: ReadonlySet<string> = new Set(
  "1 aac av01 av1 avc1 avc3 flac h264 hev1 hvc1 mp3 mp4a opus pcm theora vorbis vp08 vp09 vp8 vp9".split(
    " ",
  ),
);

/**
 * Whether media of this type is played.
 * @see https://html.spec.whatwg.org/multipage/media.html#dom-navigator-canplaytype
 */
export function canPlayType(type: string): "" | "maybe" | "probably" {
  const parsed = parseMimeType(type);
  if (!parsed || !ESSENCES.has(parsed.essence)) return "";
  const { codecs } = parsed;
  if (codecs.length === 0) return "maybe";
  const areKnown = codecs.every((codec) => CODECS.has((codec.split(".")[0] ?? "").toLowerCase()));
  return areKnown ? "probably" : "";
}
