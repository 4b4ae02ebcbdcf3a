import type { VideoColorSpaceInit } from "../video-color-space.ts";

/** The luma weights of red and blue that a YCbCr matrix is made from. */
interface LumaWeights {
  readonly red: number;
  readonly blue: number;
}

const BT709: LumaWeights = { red: 0.2126, blue: 0.0722 };
const BT601: LumaWeights = { red: 0.299, blue: 0.114 };

/** The numbers that convert between RGB and YCbCr, both in bytes. */
export interface YuvMatrix extends LumaWeights {
  readonly green: number;
  /** Luma's byte for black. */
  readonly lumaMin: number;
  /** Bytes between black and white. */
  readonly lumaRange: number;
  /** Bytes between the extremes of chroma. */
  readonly chromaRange: number;
}

/**
 * The matrix of a colour space; what is unknown is BT.709 of limited range, as WebCodecs assumes.
 *
 * @see https://www.itu.int/rec/T-REC-H.273
 */
export function yuvMatrix({ matrix, fullRange }: VideoColorSpaceInit = {}): YuvMatrix {
  const weights = matrix === "smpte170m" || matrix === "bt470bg" ? BT601 : BT709;
  return {
    ...weights,
    green: 1 - weights.red - weights.blue,
    lumaMin: fullRange === true ? 0 : 16,
    lumaRange: fullRange === true ? 255 : 219,
    chromaRange: fullRange === true ? 255 : 224,
  };
}
