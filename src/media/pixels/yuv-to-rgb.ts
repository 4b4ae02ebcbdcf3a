import type { PlaneView } from "./picture.ts";
import type { VideoColorSpaceInit } from "../video-color-space.ts";
import { yuvMatrix } from "./yuv-matrix.ts";

/** Bits after the binary point of the fixed-point sums below. */
const FRACTION = 16;
const HALF = 1 << (FRACTION - 1);

/** Contributions of each byte value to a colour, in fixed point. */
interface Tables {
  readonly luma: Int32Array;
  readonly redOfV: Int32Array;
  readonly greenOfU: Int32Array;
  readonly greenOfV: Int32Array;
  readonly blueOfU: Int32Array;
}

/** One value table per matrix: two matrices by two ranges are all there are. */
const cache = new Map<string, Tables>();

function tablesFor(colorSpace: VideoColorSpaceInit | undefined): Tables {
  const matrix = yuvMatrix(colorSpace);
  const key = `${matrix.red} ${matrix.lumaRange}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const table = (zero: number, gain: number, add = 0): Int32Array =>
    Int32Array.from({ length: 256 }, (_, byte) =>
      Math.round((byte - zero) * gain * (1 << FRACTION) + add),
    );
  const { red, green, blue, lumaMin, lumaRange, chromaRange } = matrix;
  const chroma = (2 * 255) / chromaRange;
  const tables = {
    luma: table(lumaMin, 255 / lumaRange, HALF),
    redOfV: table(128, chroma * (1 - red)),
    greenOfU: table(128, (-chroma * (1 - blue) * blue) / green),
    greenOfV: table(128, (-chroma * (1 - red) * red) / green),
    blueOfU: table(128, chroma * (1 - blue)),
  };
  cache.set(key, tables);
  return tables;
}

/** Where the bytes of a pixel's colours stand. */
export interface RgbOrder {
  readonly red: 0 | 2;
  readonly blue: 0 | 2;
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

/** Chroma as the loop below wants it: two arrays, and how far apart samples are. */
export interface ChromaView {
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  readonly uOffset: number;
  readonly vOffset: number;
  readonly stride: number;
  /** Bytes from sample to sample: 1 in planar formats, 2 in NV12. */
  readonly step: number;
  /** Shift from px to samples, across and down: 0 or 1. */
  readonly shiftX: 0 | 1;
  readonly shiftY: 0 | 1;
}

/** Converts one rectangle; alpha is opaque. `target` has four bytes a sample. */
export function yuvToRgb(
  luma: PlaneView,
  chroma: ChromaView,
  target: PlaneView,
  order: RgbOrder,
  colorSpace?: VideoColorSpaceInit,
): void {
  const tables = tablesFor(colorSpace);
  for (let row = 0; row < luma.height; row++) {
    const chromaRow = (row >> chroma.shiftY) * chroma.stride;
    convertRow(tables, order, {
      y: luma.data,
      u: chroma.u,
      v: chroma.v,
      out: target.data,
      yStart: luma.offset + row * luma.stride,
      uStart: chroma.uOffset + chromaRow,
      vStart: chroma.vOffset + chromaRow,
      outStart: target.offset + row * target.stride,
      width: luma.width,
      chromaStep: chroma.step,
      pxPerChroma: 1 << chroma.shiftX,
    });
  }
}

interface Row {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  readonly out: Uint8Array;
  readonly yStart: number;
  readonly uStart: number;
  readonly vStart: number;
  readonly outStart: number;
  readonly width: number;
  readonly chromaStep: number;
  readonly pxPerChroma: number;
}

/** Chroma is looked up once for the pixels that share it. */
function convertRow(tables: Tables, { red, blue }: RgbOrder, row: Row): void {
  const { luma, redOfV, greenOfU, greenOfV, blueOfU } = tables;
  const { y, u, v, out, yStart, width, chromaStep, pxPerChroma } = row;
  let uAt = row.uStart;
  let vAt = row.vStart;
  let to = row.outStart;
  for (let column = 0; column < width; uAt += chromaStep, vAt += chromaStep) {
    const uByte = u[uAt] ?? 0;
    const vByte = v[vAt] ?? 0;
    const addRed = redOfV[vByte] ?? 0;
    const addGreen = (greenOfU[uByte] ?? 0) + (greenOfV[vByte] ?? 0);
    const addBlue = blueOfU[uByte] ?? 0;
    const end = Math.min(width, column + pxPerChroma);
    for (; column < end; column++, to += 4) {
      const light = luma[y[yStart + column] ?? 0] ?? 0;
      out[to + red] = clamp((light + addRed) >> FRACTION);
      out[to + 1] = clamp((light + addGreen) >> FRACTION);
      out[to + blue] = clamp((light + addBlue) >> FRACTION);
      out[to + 3] = 255;
    }
  }
}
