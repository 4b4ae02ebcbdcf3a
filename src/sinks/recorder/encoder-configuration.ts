import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { AudioEncoderConfig, VideoEncoderConfig } from "../../media/encoding.ts";
import type { AudioCodec, VideoCodec } from "./codec.ts";
import type { ChosenCodec } from "./recording-format.ts";

/** What a recorder was asked for, as far as encoders care. */
export interface EncodingWishes {
  /** bits per second, for this track */
  readonly bitsPerSecond: number;
  readonly bitrateMode: "constant" | "variable";
  /** ms between key frames at most */
  readonly keyFrameIntervalMs?: number | undefined;
  /** frames between key frames at most */
  readonly keyFrameIntervalCount?: number | undefined;
}

const defaultKeyFrameIntervalMs = 2_000;

/** 0 asks for as little as possible, which no encoder takes literally. */
const minimumVideoBitrate = 10_000;
const minimumAudioBitrate = 6_000;

export function videoEncoderConfiguration(
  chosen: ChosenCodec<VideoCodec>,
  settings: MediaTrackSettings,
  wishes: EncodingWishes,
): VideoEncoderConfig {
  const width = even(settings.width ?? 640);
  const height = even(settings.height ?? 480);
  const framerate =
    settings.frameRate !== undefined && settings.frameRate > 0 ? settings.frameRate : 30;
  const interval =
    wishes.keyFrameIntervalCount === undefined
      ? (wishes.keyFrameIntervalMs ?? defaultKeyFrameIntervalMs)
      : (wishes.keyFrameIntervalCount * 1_000) / framerate;
  return {
    kind: "video",
    codec: videoCodecString(chosen, width * height * framerate),
    width,
    height,
    bitrate: Math.max(wishes.bitsPerSecond, minimumVideoBitrate),
    framerate,
    keyFrameIntervalUs: Math.max(Math.round(interval * 1_000), 1),
  };
}

export function audioEncoderConfiguration(
  chosen: ChosenCodec<AudioCodec>,
  settings: MediaTrackSettings,
  wishes: EncodingWishes,
): AudioEncoderConfig {
  const base = {
    kind: "audio",
    numberOfChannels: settings.channelCount ?? 1,
    bitrate: Math.max(wishes.bitsPerSecond, minimumAudioBitrate),
    bitrateMode: wishes.bitrateMode,
  } as const;
  switch (chosen.codec) {
    case "opus":
      return { ...base, codec: "opus", sampleRate: 48_000 };
    case "aac":
      return { ...base, codec: "mp4a.40.2", sampleRate: aacSampleRate(settings.sampleRate) };
    case "pcm":
      return { ...base, codec: "pcm-s16", sampleRate: settings.sampleRate ?? 48_000 };
  }
}

/** Chroma is shared by two by two pixels, so encoders take even sizes only. */
function even(size: number): number {
  return Math.max(2, Math.round(size) & ~1);
}

function aacSampleRate(sampleRate = 48_000): number {
  return sampleRate === 44_100 ? 44_100 : 48_000;
}

/** A codec string in full, with a level that is high enough for this many pixels per second. */
function videoCodecString(chosen: ChosenCodec<VideoCodec>, pixelRate: number): string {
  if (chosen.codecString.includes(".")) return chosen.codecString;
  const size = pixelRate <= 640 * 480 * 30 ? 0 : pixelRate <= 1280 * 720 * 30 ? 1 : 2;
  const levels: Record<VideoCodec, readonly [string, string, string]> = {
    vp8: ["vp8", "vp8", "vp8"],
    vp9: ["vp09.00.30.08", "vp09.00.31.08", "vp09.00.50.08"],
    av1: ["av01.0.04M.08", "av01.0.05M.08", "av01.0.12M.08"],
    avc: ["avc1.42E01E", "avc1.42E01F", "avc1.42E033"],
  };
  const codecString = levels[chosen.codec][size];
  return chosen.codecString === "avc3" ? codecString.replace("avc1", "avc3") : codecString;
}
