/** A picture, with the shape of WebCodecs' `VideoFrame`. */
export interface VideoFrame {
  readonly timestamp: number;
  clone(): VideoFrame;
  close(): void;
}
