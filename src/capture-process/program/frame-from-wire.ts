import { adoptAudioData, adoptVideoFrame } from "../../media/adopt-frame.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame, VideoFrameBufferInit } from "../../media/video-frame.ts";
import type { FrameHeader } from "../wire/frame-header.ts";

/**
 * A frame on the bytes that came over the pipe, which nobody else refers to. `closed` is called when
 * the frame doesn't either.
 * @throws TypeError when the bytes don't fit the header
 */
export function frameFromWire(
  header: FrameHeader,
  payload: Uint8Array,
  closed: () => void,
): VideoFrame | AudioData {
  if (header.kind === "audio") {
    const { kind: _, ...init } = header;
    return adoptAudioData(payload, init, closed);
  }
  const { format, width, height, timestamp, duration, fullRange = false, matrix } = header;
  const init: VideoFrameBufferInit = {
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
  };
  return adoptVideoFrame(payload, init, closed);
}
