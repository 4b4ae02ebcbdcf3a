import { allocatePicture, copyPlane, planesOf, type Picture, type PlaneView } from "./picture.ts";
import type { Rect } from "./plane-layout.ts";
import { PlaneScaler } from "./plane-scaler.ts";
import { REC709 } from "./video-color-space.ts";
import { isRgb } from "./video-pixel-format.ts";
import { yuvMatrix } from "./yuv-matrix.ts";

/** A new I420 picture of a rectangle of a picture in any format; transparency is lost. */
export function toI420(source: Picture, rect: Rect): Picture {
  if (isRgb(source.format)) return rgbToI420(source, rect);
  const target = allocatePicture("I420", rect, source.colorSpace);
  const to = planesOf(target, { ...rect, x: 0, y: 0 });
  const from = source.format === "NV12" ? splitChroma(source, rect) : planesOf(source, rect);
  for (const [index, plane] of to.entries()) {
    const own = from[index];
    if (own === undefined) continue;
    if (own.width === plane.width && own.height === plane.height) copyPlane(own, plane);
    else new PlaneScaler(own, plane, 1).scale(own, plane);
  }
  return target;
}

/** NV12's planes with its second one taken apart. */
function splitChroma(source: Picture, rect: Rect): PlaneView[] {
  const [luma, pairs] = planesOf(source, rect);
  if (luma === undefined || pairs === undefined) return [];
  const chroma = [0, 1].map((component): PlaneView => {
    const data = new Uint8Array(pairs.width * pairs.height);
    for (let row = 0, at = 0; row < pairs.height; row++) {
      const start = pairs.offset + row * pairs.stride + component;
      for (let column = 0; column < pairs.width; column++) {
        data[at++] = pairs.data[start + column * 2] ?? 0;
      }
    }
    return { ...pairs, data, offset: 0, stride: pairs.width, sampleBytes: 1 };
  });
  return [luma, ...chroma];
}

function rgbToI420(source: Picture, rect: Rect): Picture {
  const target = allocatePicture("I420", rect, REC709);
  const [y, u, v] = planesOf(target, { ...rect, x: 0, y: 0 });
  const [pixels] = planesOf(source, rect);
  if (y === undefined || u === undefined || v === undefined || pixels === undefined) return target;
  const red = source.format.startsWith("R") ? 0 : 2;
  for (let row = 0; row < u.height; row++) {
    for (let column = 0; column < u.width; column++) {
      const block = { top: row * 2, left: column * 2, red } as const;
      const [blueMean, redMean] = convertBlock(pixels, y, block);
      u.data[u.offset + row * u.stride + column] = 128.5 + blueMean * BLUE_GAIN;
      v.data[v.offset + row * v.stride + column] = 128.5 + redMean * RED_GAIN;
    }
  }
  return target;
}

const MATRIX = yuvMatrix(REC709);
const LUMA_GAIN = MATRIX.lumaRange / 255;
const BLUE_GAIN = MATRIX.chromaRange / (2 * (1 - MATRIX.blue)) / 255;
const RED_GAIN = MATRIX.chromaRange / (2 * (1 - MATRIX.red)) / 255;

/**
 * Writes the brightness of the two by two pixels that share a chroma sample; returns how much
 * bluer and redder than grey they are on average.
 */
function convertBlock(
  pixels: PlaneView,
  luma: PlaneView,
  block: { readonly top: number; readonly left: number; readonly red: 0 | 2 },
): readonly [number, number] {
  const bottom = Math.min(block.top + 2, luma.height);
  const right = Math.min(block.left + 2, luma.width);
  let bluer = 0;
  let redder = 0;
  for (let row = block.top; row < bottom; row++) {
    for (let column = block.left; column < right; column++) {
      const at = pixels.offset + row * pixels.stride + column * 4;
      const red = pixels.data[at + block.red] ?? 0;
      const green = pixels.data[at + 1] ?? 0;
      const blue = pixels.data[at + 2 - block.red] ?? 0;
      const light = MATRIX.red * red + MATRIX.green * green + MATRIX.blue * blue;
      luma.data[luma.offset + row * luma.stride + column] =
        MATRIX.lumaMin + light * LUMA_GAIN + 0.5;
      bluer += blue - light;
      redder += red - light;
    }
  }
  const count = (bottom - block.top) * (right - block.left);
  return [bluer / count, redder / count];
}
