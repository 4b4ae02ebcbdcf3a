import { SharedBytes } from "./shared-bytes.ts";
import { VideoFrame } from "./video-frame.ts";

/** The bytes of the black picture last asked for: the next one is nearly always of its size. */
let last: { readonly width: number; readonly height: number; readonly bytes: SharedBytes } = {
  width: 0,
  height: 0,
  bytes: new SharedBytes(new Uint8Array()),
};

/** What a disabled or muted video track shows. All black frames of a size share their bytes. */
export function blackFrame(init: {
  readonly width: number;
  readonly height: number;
  /** µs */
  readonly timestamp: number;
  /** µs */
  readonly duration?: number | null;
}): VideoFrame {
  const { width, height, timestamp, duration } = init;
  if (last.width !== width || last.height !== height) {
    const luma = width * height;
    const bytes = new Uint8Array(luma + 2 * Math.ceil(width / 2) * Math.ceil(height / 2));
    bytes.fill(16, 0, luma).fill(128, luma);
    last = { width, height, bytes: new SharedBytes(bytes) };
  }
  return new VideoFrame(last.bytes.retain(), {
    format: "I420",
    codedWidth: width,
    codedHeight: height,
    timestamp,
    ...(typeof duration === "number" && { duration }),
  });
}
