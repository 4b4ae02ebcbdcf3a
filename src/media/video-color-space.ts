export type VideoColorPrimaries = "bt709" | "bt470bg" | "smpte170m";
export type VideoTransferCharacteristics = "bt709" | "smpte170m" | "iec61966-2-1";
export type VideoMatrixCoefficients = "rgb" | "bt709" | "bt470bg" | "smpte170m";

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

  get primaries(): VideoColorPrimaries | null {
    return this.#primaries;
  }
  get transfer(): VideoTransferCharacteristics | null {
    return this.#transfer;
  }
  get matrix(): VideoMatrixCoefficients | null {
    return this.#matrix;
  }
  get fullRange(): boolean | null {
    return this.#fullRange;
  }

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
