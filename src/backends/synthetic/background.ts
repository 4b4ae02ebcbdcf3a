import { yuvMatrix } from "../../media/pixels/yuv-matrix.ts";
import type { PicturePlan } from "./picture-plan.ts";

const BLACK = 16;
const NEUTRAL = 128;

/** Colour bars of 75 %, as red, green and blue. */
const BARS = [
  [191, 191, 191],
  [191, 191, 0],
  [0, 191, 191],
  [0, 191, 0],
  [191, 0, 191],
  [191, 0, 0],
  [0, 0, 191],
] as const;

/** What doesn't move: colour bars, turned by the seed, and black boxes for what does. I420. */
export function drawBackground(plan: PicturePlan, seed: number): Uint8Array {
  const { width, height, unit } = plan;
  const chromaWidth = Math.ceil(width / 2);
  const chromaHeight = Math.ceil(height / 2);
  const bytes = new Uint8Array(width * height + 2 * chromaWidth * chromaHeight);
  const u = width * height;
  const v = u + chromaWidth * chromaHeight;
  for (let column = 0; column < width; column++) {
    const [luma, blue, red] = barAt(column / width, seed);
    for (let row = 0; row < height; row++) bytes[row * width + column] = luma;
    for (let row = 0; row < chromaHeight; row++) {
      bytes[u + row * chromaWidth + (column >> 1)] = blue;
      bytes[v + row * chromaWidth + (column >> 1)] = red;
    }
  }
  const margin = unit / 2;
  for (const box of [plan.code, plan.flash, plan.text, plan.lane]) {
    const left = Math.max(0, box.x - margin);
    const right = Math.min(width, box.x + box.width + margin);
    const top = Math.max(0, box.y - margin);
    const bottom = Math.min(height, box.y + box.height + margin);
    for (let row = top; row < bottom; row++) {
      bytes.fill(BLACK, row * width + left, row * width + right);
      const chroma = (row >> 1) * chromaWidth;
      bytes.fill(NEUTRAL, u + chroma + (left >> 1), u + chroma + ((right + 1) >> 1));
      bytes.fill(NEUTRAL, v + chroma + (left >> 1), v + chroma + ((right + 1) >> 1));
    }
  }
  return bytes;
}

function barAt(share: number, seed: number): readonly [number, number, number] {
  const index = (Math.floor(share * BARS.length) + (seed >>> 0)) % BARS.length;
  const [red, green, blue] = BARS[index] ?? BARS[0];
  const matrix = yuvMatrix();
  const luma = (matrix.red * red + matrix.green * green + matrix.blue * blue) / 255;
  return [
    Math.round(matrix.lumaMin + matrix.lumaRange * luma),
    Math.round(NEUTRAL + (matrix.chromaRange * (blue / 255 - luma)) / (2 * (1 - matrix.blue))),
    Math.round(NEUTRAL + (matrix.chromaRange * (red / 255 - luma)) / (2 * (1 - matrix.red))),
  ];
}
