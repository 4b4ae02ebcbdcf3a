/** Samples, with the shape of WebCodecs' `AudioData`. */
export interface AudioData {
  readonly timestamp: number;
  clone(): AudioData;
  close(): void;
}
