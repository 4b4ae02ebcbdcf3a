import {
  CODE_COLUMNS,
  CODE_ROWS,
  decodeMark,
  type FrameMark,
} from "../../src/backends/synthetic/frame-code.ts";
import { planPicture } from "../../src/backends/synthetic/picture-plan.ts";
import { cropToShape } from "../../src/media/pixels/picture-scaler.ts";

/** Brightness alone: the first plane of I420 or NV12, or what `ffmpeg -pix_fmt gray` writes. */
export interface LumaPicture {
  readonly data: Uint8Array;
  readonly offset?: number;
  readonly stride?: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the number that the synthetic camera burnt into a picture, also after a codec and after
 * crop-and-scale from `source` (the camera's own size). Nothing if it can't be read for certain.
 */
export function readFrameMark(
  picture: LumaPicture,
  source: { readonly width: number; readonly height: number } = picture,
): FrameMark | undefined {
  const plan = planPicture(source.width, source.height);
  const crop = cropToShape({ x: 0, y: 0, ...source }, picture);
  const scaleX = picture.width / crop.width;
  const scaleY = picture.height / crop.height;
  let bits = 0;
  for (let cell = 0; cell < CODE_COLUMNS * CODE_ROWS; cell++) {
    const x = plan.code.x - crop.x + (cell % CODE_COLUMNS) * plan.unit;
    const y = plan.code.y - crop.y + Math.floor(cell / CODE_COLUMNS) * plan.unit;
    // The inner half of the square, clear of its neighbours' blur.
    const box = {
      left: (x + plan.unit / 4) * scaleX,
      right: (x + (plan.unit * 3) / 4) * scaleX,
      top: (y + plan.unit / 4) * scaleY,
      bottom: (y + (plan.unit * 3) / 4) * scaleY,
    };
    bits = ((bits << 1) | (mean(picture, box) > 125 ? 1 : 0)) >>> 0;
  }
  return decodeMark(bits);
}

function mean(
  { data, width, offset = 0, stride = width }: LumaPicture,
  box: { left: number; right: number; top: number; bottom: number },
): number {
  const left = Math.floor(box.left);
  const top = Math.floor(box.top);
  const right = Math.max(left + 1, Math.round(box.right));
  const bottom = Math.max(top + 1, Math.round(box.bottom));
  let sum = 0;
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      sum += data[offset + row * stride + column] ?? 0;
    }
  }
  return sum / ((right - left) * (bottom - top));
}
