import { dictionary } from "../../webidl/dictionary.ts";
import { domString, double, unsignedLong } from "../../webidl/primitives.ts";
import { enumeration } from "../../webidl/types.ts";

/** @see https://w3c.github.io/mediacapture-record/#mediarecorderoptions-section */
export interface MediaRecorderOptions {
  /** Container and codecs, such as `"video/mp4;codecs=avc1,mp4a.40.2"`. Default: the choice is ours. */
  mimeType?: string;
  audioBitsPerSecond?: number;
  videoBitsPerSecond?: number;
  /** For everything together; overrides the other two. */
  bitsPerSecond?: number;
  /** Default `"variable"`. */
  audioBitrateMode?: "constant" | "variable";
  /** ms between key frames. */
  videoKeyFrameIntervalDuration?: number;
  /** Frames between key frames. Not together with the duration. */
  videoKeyFrameIntervalCount?: number;
}

/** Converts to {@link MediaRecorderOptions}. */
export const mediaRecorderOptions = dictionary<MediaRecorderOptions>("MediaRecorderOptions", {
  mimeType: domString,
  audioBitsPerSecond: unsignedLong,
  videoBitsPerSecond: unsignedLong,
  bitsPerSecond: unsignedLong,
  audioBitrateMode: enumeration("BitrateMode", ["constant", "variable"]),
  videoKeyFrameIntervalDuration: double,
  videoKeyFrameIntervalCount: unsignedLong,
});
