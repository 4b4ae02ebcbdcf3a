import type { VideoEncoderConfig } from "../../media/encoding.ts";

/** An encoder that makes every picture a JPEG file. */
export function jpegConfiguration(
  { width, height }: { readonly width: number; readonly height: number },
  frameRate = 30,
): VideoEncoderConfig {
  return {
    kind: "video",
    codec: "jpeg",
    width,
    height,
    // Quality is fixed; this is only what it comes to, about.
    bitrate: width * height * frameRate * 2,
    framerate: frameRate,
    keyFrameIntervalUs: 1,
  };
}
