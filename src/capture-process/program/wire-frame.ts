import { adoptAudioData, adoptVideoFrame } from "../../media/adopt-frame.ts";
import { AudioData } from "../../media/audio-data.ts";
import { copyPicture } from "../../media/pixels/convert-picture.ts";
import { computeLayout } from "../../media/pixels/plane-layout.ts";
import { pictureOf, type VideoFrame, type VideoFrameBufferInit } from "../../media/video-frame.ts";
import type { AudioHeader, FrameHeader, VideoHeader } from "../wire/frame-header.ts";

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

export interface WireFrame {
  readonly header: FrameHeader;
  /** The frame's own bytes where they lie right: the frame must stay open until they are sent. */
  readonly payload: Uint8Array;
}

/** @throws InvalidStateError when the frame is closed */
export function frameToWire(frame: VideoFrame | AudioData): WireFrame {
  return frame instanceof AudioData ? audioToWire(frame) : videoToWire(frame);
}

function videoToWire(frame: VideoFrame): WireFrame {
  const picture = pictureOf(frame);
  const { format } = picture;
  const { x = 0, y = 0, width = 0, height = 0 } = frame.visibleRect ?? {};
  const { timestamp } = frame;
  const header: VideoHeader = { kind: "video", format, width, height, timestamp };
  const { planes, allocationSize } = computeLayout({ width, height }, format);
  const isPacked = planes.every(({ offset, stride }, index) => {
    const own = picture.layout[index];
    return own?.offset === offset && own.stride === stride;
  });
  if (isPacked && width === picture.width && height === picture.height) {
    return { header, payload: picture.data.subarray(0, allocationSize) };
  }
  const payload = new Uint8Array(allocationSize);
  const target = { format, width, height, data: payload, layout: planes };
  copyPicture(picture, { x, y, width, height }, target);
  return { header, payload };
}

function audioToWire(data: AudioData): WireFrame {
  const { format, sampleRate, numberOfFrames, numberOfChannels, timestamp } = data;
  if (format === null) throw new DOMException("This AudioData is closed.", "InvalidStateError");
  const shape = { format, sampleRate, numberOfFrames, numberOfChannels } as const;
  const header: AudioHeader = { kind: "audio", ...shape, timestamp };
  const planes = format.endsWith("-planar") ? numberOfChannels : 1;
  const planeBytes = data.allocationSize({ planeIndex: 0 });
  const payload = new Uint8Array(planes * planeBytes);
  for (let planeIndex = 0; planeIndex < planes; planeIndex++) {
    data.copyTo(payload.subarray(planeIndex * planeBytes), { planeIndex });
  }
  return { header, payload };
}
