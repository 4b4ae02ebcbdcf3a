import type { Track } from "../../engine/contract.ts";
import { targetSize } from "../../media/pixels/target-size.ts";
import { ChunkReader } from "./chunk-reader.ts";
import type { FrameOptions } from "./frame-options.ts";
import { jpegConfigurationOf } from "./jpeg-configuration.ts";
import { PixelReader } from "./pixel-reader.ts";

/**
 * A stream of a video track's pictures, made beside the capture where that is in a process of its
 * own. What the program itself fills or draws (a canvas, a generator, synthetic devices) is
 * converted here, as it would have to travel there and back; JPEG is always encoded in a process.
 */
export function readFrames(track: Track, options: FrameOptions): ChunkReader | PixelReader {
  const { format = "rgba", maxBufferSize = 1 } = options;
  const { height = 480, width = 640 } = track.settings;
  const size = targetSize(options, { width, height });
  if (format === "jpeg") {
    const config = jpegConfigurationOf(options);
    return new ChunkReader(track, { config, format, size, maxBufferSize });
  }
  if (!track.convertsPixels) return new PixelReader(track, options, format);
  const config = {
    kind: "pixels",
    format,
    ...(options.width !== undefined && { width: options.width }),
    ...(options.height !== undefined && { height: options.height }),
  } as const;
  return new ChunkReader(track, { config, format, size, maxBufferSize });
}
