import type { VideoFrame } from "../media/video-frame.ts";

/** A picture's bytes: brightness, then the two colours at half its size. */
export interface I420Picture {
  /** px, even */
  readonly width: number;
  /** px, even */
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Converts RGBA to I420. */
export type RgbaToI420 = (from: I420Picture, to: I420Picture) => void;

/** A frame as I420, less the last column and row where they are odd. */
export async function i420Of(frame: VideoFrame, rgbaToI420: RgbaToI420): Promise<I420Picture> {
  const { x = 0, y = 0, width: fullWidth = 0, height: fullHeight = 0 } = frame.visibleRect ?? {};
  const [width, height] = [fullWidth - (fullWidth % 2), fullHeight - (fullHeight % 2)];
  const rect = { x, y, width, height };
  const picture = { width, height, data: new Uint8ClampedArray((width * height * 3) / 2) };
  if (frame.format === "I420") {
    await frame.copyTo(picture.data, { rect });
  } else if (frame.format === "NV12") {
    const data = new Uint8Array(picture.data.length);
    await frame.copyTo(data, { rect });
    splitColours(data, picture);
  } else {
    const data = new Uint8ClampedArray(width * height * 4);
    await frame.copyTo(data, { rect, format: "RGBA" });
    rgbaToI420({ width, height, data }, picture);
  }
  return picture;
}

/** NV12 has the two colours in turns. */
function splitColours(nv12: Uint8Array, { data, height, width }: I420Picture): void {
  const size = width * height;
  data.set(nv12.subarray(0, size));
  for (let at = 0; at < size / 4; at += 1) {
    data[size + at] = nv12[size + at * 2] ?? 0;
    data[size + size / 4 + at] = nv12[size + at * 2 + 1] ?? 0;
  }
}
