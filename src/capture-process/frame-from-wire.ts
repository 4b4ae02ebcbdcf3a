import { adoptAudioData, adoptVideoFrame } from "../media/adopt-frame.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import type { FrameHeader } from "./wire/frame-header.ts";

/**
 * A frame on the bytes that came over the pipe, which nobody else refers to.
 * @throws TypeError when the bytes don't fit the header
 */
export function frameFromWire(header: FrameHeader, payload: Uint8Array): VideoFrame | AudioData {
  if (header.kind === "audio") {
    const { kind: _, ...init } = header;
    return adoptAudioData(payload, init);
  }
  const { format, width, height, timestamp, duration, fullRange = false, matrix } = header;
  return adoptVideoFrame(payload, {
    format,
    codedWidth: width,
    codedHeight: height,
    timestamp,
    ...(duration !== undefined && { duration }),
    colorSpace: {
      fullRange,
      matrix: matrix ?? null,
      ...(matrix === "rgb" && { primaries: "bt709", transfer: "iec61966-2-1" }),
    },
  });
}
