import type { EncoderConfigOf, MediaKind, Track } from "../../engine/contract.ts";
import type { Bitrates } from "./bitrates.ts";
import { audioEncoderConfiguration, videoEncoderConfiguration } from "./encoder-configuration.ts";
import type { RecordingFormat } from "./recording-format.ts";

/** How tracks are to be encoded. */
export interface RecordingSettings {
  readonly format: RecordingFormat;
  readonly bitrates: Bitrates;
  readonly audioBitrateMode: "constant" | "variable";
  /** ms */
  readonly keyFrameIntervalMs?: number | undefined;
  /** frames */
  readonly keyFrameIntervalCount?: number | undefined;
}

/**
 * A fragment of MP4 is written when the next key frame comes, so this is what a killed program
 * loses at most; other containers are written frame by frame.
 */
const mp4KeyFrameIntervalMs = 500;

/** How each track's encoder is configured once its frames' shape is known. */
export function trackConfigurations(
  tracks: readonly Track[],
  settings: RecordingSettings,
): readonly EncoderConfigOf[] {
  return tracks.map((track) => {
    const sharing = tracks.filter((other) => other.kind === track.kind).length;
    return configurationOf(track.kind, sharing, settings);
  });
}

/** @param sharing - tracks of this kind, which share its bitrate equally */
function configurationOf(
  kind: MediaKind,
  sharing: number,
  { format, bitrates, ...settings }: RecordingSettings,
): EncoderConfigOf {
  const { video, audio } = format;
  const total = kind === "video" ? bitrates.videoBitsPerSecond : bitrates.audioBitsPerSecond;
  const wishes = {
    bitsPerSecond: Math.round(total / sharing),
    bitrateMode: settings.audioBitrateMode,
    keyFrameIntervalMs:
      settings.keyFrameIntervalMs ??
      (format.container === "mp4" ? mp4KeyFrameIntervalMs : undefined),
    keyFrameIntervalCount: settings.keyFrameIntervalCount,
  };
  if (kind === "video" && video) {
    return (shape) => videoEncoderConfiguration(video, shape, wishes);
  }
  if (kind === "audio" && audio) {
    return (shape) => audioEncoderConfiguration(audio, shape, wishes);
  }
  throw new TypeError(`${format.mimeType} can't hold a track of kind ${kind}`);
}
