import type { EncoderConfigOf } from "../../engine/contract.ts";
import { targetSize } from "../../media/pixels/target-size.ts";

/** An encoder that makes every picture a JPEG file, of the size that is asked for or its own. */
export function jpegConfigurationOf(asked: {
  readonly width?: number;
  readonly height?: number;
}): EncoderConfigOf {
  return ({ width: ownWidth = 640, height: ownHeight = 480, frameRate = 30 }) => {
    const { width, height } = targetSize(asked, { width: ownWidth, height: ownHeight });
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
  };
}
