import type { AVPixelFormat } from "node-av/constants";
import type { Native } from "./native.ts";

/** How to find a px in a plane: bytes a sample, and how many px it spans. */
interface Sampling {
  readonly bytes: number;
  readonly across: number;
  readonly down: number;
}

const sampling = (bytes: number, across = 1, down = 1): Sampling => ({ bytes, across, down });
const FULL = sampling(1);

/** The formats whose planes can be cropped by pointing into them. */
export function croppableFormats(native: Native): ReadonlyMap<AVPixelFormat, readonly Sampling[]> {
  const c = native.constants;
  const quarter = [FULL, sampling(1, 2, 2), sampling(1, 2, 2)];
  const half = [FULL, sampling(1, 2, 1), sampling(1, 2, 1)];
  const packed = [sampling(4)];
  return new Map<AVPixelFormat, readonly Sampling[]>([
    [c.AV_PIX_FMT_YUV420P, quarter],
    [c.AV_PIX_FMT_YUVJ420P, quarter],
    [c.AV_PIX_FMT_YUV422P, half],
    [c.AV_PIX_FMT_YUVJ422P, half],
    [c.AV_PIX_FMT_YUV444P, [FULL, FULL, FULL]],
    [c.AV_PIX_FMT_NV12, [FULL, sampling(2, 2, 2)]],
    [c.AV_PIX_FMT_YUYV422, [sampling(4, 2, 1)]],
    [c.AV_PIX_FMT_RGBA, packed],
    [c.AV_PIX_FMT_RGB0, packed],
    [c.AV_PIX_FMT_BGRA, packed],
    [c.AV_PIX_FMT_BGR0, packed],
  ]);
}

/** Where in a plane the px at x, y is. */
export function planeOffset(s: Sampling, stride: number, x: number, y: number): number {
  return Math.floor(y / s.down) * stride + Math.floor(x / s.across) * s.bytes;
}
