import { copyPicture } from "./convert-picture.ts";
import type { PackedPixelFormat } from "../encoding.ts";
import { planesOf, type Picture, type PlaneView } from "./picture.ts";
import { computeLayout, type Rect } from "./plane-layout.ts";
import { pictureOf, type VideoFrame } from "../video-frame.ts";
import { isRgb } from "./video-pixel-format.ts";
import { yuvMatrix } from "./yuv-matrix.ts";

/** The visible pixels of a frame, which stays open, in a format without gaps. */
export async function packPixels(frame: VideoFrame, format: PackedPixelFormat): Promise<Buffer> {
  switch (format) {
    case "rgba":
      return await rgbOf(frame, "RGBA");
    case "rgb24":
      return withoutFourth(await rgbOf(frame, "RGBA"));
    case "bgr24":
      return withoutFourth(await rgbOf(frame, "BGRA"));
    case "gray8":
      return await grayOf(frame);
    case "i420":
      return await i420Of(frame);
    case "nv12":
      return interleaved(await i420Of(frame), visibleRectOf(frame));
  }
}

async function rgbOf(frame: VideoFrame, format: "RGBA" | "BGRA"): Promise<Buffer> {
  const { height, width } = visibleRectOf(frame);
  const bytes = Buffer.alloc(width * height * 4);
  await frame.copyTo(bytes, { format });
  return bytes;
}

function visibleRectOf(frame: VideoFrame): Rect {
  const { height = 1, width = 1, x = 0, y = 0 } = frame.visibleRect ?? {};
  return { x, y, width, height };
}

function withoutFourth(four: Buffer): Buffer {
  const three = Buffer.alloc((four.length / 4) * 3);
  for (let read = 0, write = 0; read < four.length; read += 4, write += 3) {
    three[write] = four[read] ?? 0;
    three[write + 1] = four[read + 1] ?? 0;
    three[write + 2] = four[read + 2] ?? 0;
  }
  return three;
}

/** Luma, from 0 to 255. */
async function grayOf(frame: VideoFrame): Promise<Buffer> {
  const picture = pictureOf(frame);
  const [luma] = planesOf(picture, visibleRectOf(frame));
  if (luma !== undefined && !isRgb(picture.format)) return fullRangeOf(luma, picture);
  const rgba = await rgbOf(frame, "RGBA");
  const gray = Buffer.alloc(rgba.length / 4);
  for (let pixel = 0; pixel < gray.length; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(pixel * 4, pixel * 4 + 3);
    gray[pixel] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return gray;
}

function fullRangeOf(luma: PlaneView, { colorSpace }: Picture): Buffer {
  const { lumaMin, lumaRange } = yuvMatrix(colorSpace);
  const full = Uint8ClampedArray.from(
    { length: 256 },
    (_, byte) => ((byte - lumaMin) * 255) / lumaRange,
  );
  const gray = Buffer.alloc(luma.width * luma.height);
  for (let row = 0, write = 0; row < luma.height; row += 1) {
    const start = luma.offset + row * luma.stride;
    for (let column = 0; column < luma.width; column += 1, write += 1) {
      gray[write] = full[luma.data[start + column] ?? 0] ?? 0;
    }
  }
  return gray;
}

/** With the frame's own matrix and range, or BT.601 where it has RGB. */
async function i420Of(frame: VideoFrame): Promise<Buffer> {
  const picture = pictureOf(frame);
  const rect = visibleRectOf(frame);
  if (picture.format !== "I420") return fromRgba(await rgbOf(frame, "RGBA"), rect);
  const { planes, allocationSize } = computeLayout(rect, "I420");
  const data = Buffer.alloc(allocationSize);
  const { height, width } = rect;
  copyPicture(picture, rect, { format: "I420", width, height, data, layout: planes });
  return data;
}

function fromRgba(rgba: Buffer, { height, width }: Rect): Buffer {
  const { planes, allocationSize } = computeLayout({ width, height }, "I420");
  const [, u = { offset: 0, stride: 0 }, v = u] = planes;
  const out = Buffer.alloc(allocationSize);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const [red = 0, green = 0, blue = 0] = rgba.subarray(at, at + 3);
      out[y * width + x] = Math.round(16 + 0.2568 * red + 0.5041 * green + 0.0979 * blue);
      if (x % 2 > 0 || y % 2 > 0) continue;
      const chroma = (y / 2) * u.stride + x / 2;
      out[u.offset + chroma] = Math.round(128 - 0.1482 * red - 0.291 * green + 0.4392 * blue);
      out[v.offset + chroma] = Math.round(128 + 0.4392 * red - 0.3678 * green - 0.0714 * blue);
    }
  }
  return out;
}

/** U and V of an I420 picture side by side. */
function interleaved(i420: Buffer, { height, width }: Rect): Buffer {
  const luma = width * height;
  const samples = (i420.length - luma) / 2;
  const nv12 = Buffer.alloc(i420.length);
  nv12.set(i420.subarray(0, luma));
  for (let sample = 0; sample < samples; sample += 1) {
    nv12[luma + 2 * sample] = i420[luma + sample] ?? 128;
    nv12[luma + 2 * sample + 1] = i420[luma + samples + sample] ?? 128;
  }
  return nv12;
}
