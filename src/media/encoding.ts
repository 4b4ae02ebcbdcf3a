import type { SoundProcessing } from "./sound-processing.ts";

/** Encoder configurations and encoded chunks, in WebCodecs' terms. */

/** A subset of WebCodecs' `VideoEncoderConfig`. */
export interface VideoEncoderConfig {
  readonly kind: "video";
  /** WebCodecs codec string: `"vp8"`, `"vp09.00.10.08"`, `"avc1.42E01E"`, `"av01.0.04M.08"` …, or `"jpeg"`. */
  readonly codec: string;
  /** px; what is captured is cropped and scaled to this. */
  readonly width: number;
  /** px */
  readonly height: number;
  /** bits per second */
  readonly bitrate: number;
  /** Frames per second; frames beyond it are dropped before encoding. */
  readonly framerate: number;
  /** µs between key frames at most */
  readonly keyFrameIntervalUs: number;
}

/** A subset of WebCodecs' `AudioEncoderConfig`. */
export interface AudioEncoderConfig {
  readonly kind: "audio";
  /** `"opus"`, `"mp4a.40.2"`, `"pcm-s16"` … */
  readonly codec: string;
  /** Hz; what is captured is resampled to this. */
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  /** bits per second */
  readonly bitrate: number;
  readonly bitrateMode?: "constant" | "variable";
  /** What is done to the sound first. */
  readonly processing?: SoundProcessing;
}

/** What an encoder makes. */
export type EncoderConfig = VideoEncoderConfig | AudioEncoderConfig;

/** Pixels as a program reads them, rows packed without gaps, planes one after another. */
export type PackedPixelFormat = "rgb24" | "bgr24" | "rgba" | "gray8" | "nv12" | "i420";

/** What a track makes of its source's pictures. */
export interface PictureView {
  /** px: those of the track. */
  readonly width?: number;
  /** px */
  readonly height?: number;
  /** Whether pictures of another size are cropped and scaled to that; else the track follows them. */
  readonly isScaled?: boolean;
  /** Frames per second, where the track takes fewer than its source has. */
  readonly frameRate?: number;
}

/** Pictures cropped, scaled and converted in place of being encoded; each is a chunk. */
export interface PixelConfig {
  readonly kind: "pixels";
  readonly format: PackedPixelFormat;
  /** px. Default: as `height` and the picture's shape make it, or the picture's. */
  readonly width?: number;
  /** px */
  readonly height?: number;
  /** What the track makes of the pictures first. */
  readonly view?: PictureView;
}

/** What can be made of frames beside their capture. */
export type BesideConfig = (EncoderConfig | PixelConfig) & {
  /** False: black pictures or silence from the beginning. Default true. */
  readonly isEnabled?: boolean;
};

/** WebCodecs' `EncodedVideoChunk` / `EncodedAudioChunk` as a plain value. */
export interface EncodedChunk {
  readonly type: "key" | "delta";
  /** µs, on the same clock as the frames. */
  readonly timestamp: number;
  /** µs */
  readonly duration: number;
  readonly data: Uint8Array;
  /** Of pixels: px */
  readonly size?: { readonly width: number; readonly height: number };
  /** With the first chunk: what a decoder or container needs (`avcC`, `OpusHead` …). */
  readonly decoderConfig?: { readonly codec: string; readonly description?: Uint8Array };
}
