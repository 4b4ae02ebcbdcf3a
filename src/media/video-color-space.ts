/** The primaries that WebCodecs names. */
export type VideoColorPrimaries = "bt709" | "bt470bg" | "smpte170m";
/** The transfer functions that WebCodecs names. */
export type VideoTransferCharacteristics = "bt709" | "smpte170m" | "iec61966-2-1";
/** The matrices that WebCodecs names. */
export type VideoMatrixCoefficients = "rgb" | "bt709" | "bt470bg" | "smpte170m";

/** What a {@link VideoColorSpace} is made from. */
export interface VideoColorSpaceInit {
  primaries?: VideoColorPrimaries | null;
  transfer?: VideoTransferCharacteristics | null;
  matrix?: VideoMatrixCoefficients | null;
  fullRange?: boolean | null;
}

/** @see https://w3c.github.io/webcodecs/#videocolorspace */
export class VideoColorSpace {
  readonly #primaries: VideoColorPrimaries | null;
  readonly #transfer: VideoTransferCharacteristics | null;
  readonly #matrix: VideoMatrixCoefficients | null;
  readonly #fullRange: boolean | null;

  constructor(init: VideoColorSpaceInit = {}) {
    this.#primaries = init.primaries ?? null;
    this.#transfer = init.transfer ?? null;
    this.#matrix = init.matrix ?? null;
    this.#fullRange = init.fullRange ?? null;
  }

  /** The colours of red, green and blue; null where they are not known. */
  get primaries(): VideoColorPrimaries | null {
    return this.#primaries;
  }
  /** How light becomes a number; null where it is not known. */
  get transfer(): VideoTransferCharacteristics | null {
    return this.#transfer;
  }
  /** How RGB becomes YUV; null where it is not known. */
  get matrix(): VideoMatrixCoefficients | null {
    return this.#matrix;
  }
  /** True for values from 0 to 255, false for the range of television; null where it is not known. */
  get fullRange(): boolean | null {
    return this.#fullRange;
  }

  /** The values as a plain object. */
  toJSON(): Required<VideoColorSpaceInit> {
    const { primaries, transfer, matrix, fullRange } = this;
    return { primaries, transfer, matrix, fullRange };
  }
}

/** @see https://w3c.github.io/webcodecs/#srgb-color-space */
export const SRGB: VideoColorSpaceInit = {
  primaries: "bt709",
  transfer: "iec61966-2-1",
  matrix: "rgb",
  fullRange: true,
};

/** @see https://w3c.github.io/webcodecs/#rec709-color-space */
export const REC709: VideoColorSpaceInit = {
  primaries: "bt709",
  transfer: "bt709",
  matrix: "bt709",
  fullRange: false,
};
