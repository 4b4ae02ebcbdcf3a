import type { Track } from "../../engine/contract.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
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

/** One encoder configuration for each track; tracks of a kind share its bitrate equally. */
export function trackConfigurations(
  tracks: readonly Track[],
  settings: RecordingSettings,
): readonly EncoderConfig[] {
  const { format, bitrates } = settings;
  return tracks.map((track) => {
    const sharing = tracks.filter((other) => other.kind === track.kind).length;
    const isVideo = track.kind === "video";
    const total = isVideo ? bitrates.videoBitsPerSecond : bitrates.audioBitsPerSecond;
    const wishes = {
      bitsPerSecond: Math.round(total / sharing),
      bitrateMode: settings.audioBitrateMode,
      keyFrameIntervalMs:
        settings.keyFrameIntervalMs ??
        (format.container === "mp4" ? mp4KeyFrameIntervalMs : undefined),
      keyFrameIntervalCount: settings.keyFrameIntervalCount,
    };
    if (isVideo && format.video) {
      return videoEncoderConfiguration(format.video, track.settings, wishes);
    }
    if (!isVideo && format.audio) {
      return audioEncoderConfiguration(format.audio, track.settings, wishes);
    }
    throw new TypeError(`${format.mimeType} can't hold a track of kind ${track.kind}`);
  });
}
