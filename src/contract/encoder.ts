import type { AudioData } from "../media/audio-data.ts";
import type { EncodedChunk, EncoderConfig, PictureView } from "../media/encoding.ts";
import type { SoundProcessing } from "../media/sound-processing.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import type { DeviceError } from "./device-error.ts";

/** Pictures that an encoder of a device didn't encode. */
export interface LeftOut {
  /** Lost by the driver, or since the encoder was too slow. */
  readonly lost: number;
  /** More than the frame rate that the encoder was opened with. */
  readonly discarded: number;
}

/** What an encoder tells. */
export interface EncoderEvents {
  /** An encoded frame, in the order of capture. */
  chunk(chunk: EncodedChunk): void;
  /** Pictures were left out since this was called last. */
  leftOut?(counts: LeftOut): void;
  /** The encoder is gone; no chunk follows. */
  error(reason: DeviceError): void;
  /**
   * A track's encoder only: the track has ended, by `stop()` or otherwise, and all of it has come
   * out as chunks. No chunk follows.
   */
  ended?(): void;
}

/** An encoder at work on one track's view of a source. */
export interface EncoderSession {
  /** False encodes black or silence in place of what is captured. */
  setEnabled(enabled: boolean): void;
  /** While paused nothing is encoded; the first picture after it is a key frame. */
  setPaused(paused: boolean): void;
  /** Changes what is done to the sound first. Absent where it comes processed. */
  setProcessing?(processing: SoundProcessing | undefined): void;
  /** Changes what the track makes of the pictures. Only for pixels. */
  setView?(view: PictureView): void;
  /** Makes the next picture a key frame. */
  requestKeyFrame(): void;
  /** Resolves when every frame up to now has come out as a chunk. */
  flush(): Promise<void>;
  /** Ends encoding and frees the encoder. Idempotent. */
  close(): Promise<void>;
}

/** Something that encodes frames handed to it (a capture process without a device). */
export interface FrameEncoder extends EncoderSession {
  /** Takes ownership of the frame. */
  encode(frame: VideoFrame | AudioData): void;
  /** Frames taken but not yet encoded. */
  readonly encodeQueueSize: number;
}

/** Opens encoders for frames that are in the program already. */
export interface CodecService {
  /** True when an encoder for this configuration exists on this machine. */
  isSupported(config: EncoderConfig): boolean;
  /** Why nothing is supported, and what to do; undefined where something is. */
  readonly missing?: string | undefined;
  /** Opens an encoder. @throws DeviceError when there is none for `config` */
  openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<FrameEncoder>;
}
