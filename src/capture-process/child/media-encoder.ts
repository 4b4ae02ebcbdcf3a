import type { LeftOut } from "../../contract/encoder.ts";
import type { ChunkSink } from "./chunk-maker.ts";

export interface EncoderOutput {
  readonly chunk: ChunkSink;
  /** Pictures of a device were left out. */
  leftOut(counts: LeftOut): void;
  error(error: unknown): void;
}

/** An encoder of pictures or samples in the capture process. */
export interface MediaEncoder<Media> {
  /**
   * Encodes what it is given, or drops it. Reads it before it returns.
   * @param done called when it is through, for media that must not be dropped
   */
  take(media: Media, timestampUs: number, done?: () => void): void;
  /** Encodes black, or silence up to this moment, in place of what doesn't come. */
  blank(timestampUs: number): void;
  /** Resolves when it can take more without dropping anything. */
  ready(): Promise<void>;
  setEnabled(enabled: boolean): void;
  setPaused(paused: boolean): void;
  requestKeyFrame(): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}
