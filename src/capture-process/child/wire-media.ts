import { computeLayout } from "../../media/pixels/plane-layout.ts";
import type { AudioHeader, VideoHeader } from "../wire/frame-header.ts";
import { ProtocolError } from "../wire/protocol-error.ts";
import type { Native } from "./native.ts";
import { nativeFormats } from "./picture-format.ts";
import type { Picture } from "./picture.ts";
import { sampleFormats } from "./sample-format.ts";
import type { Samples } from "./samples.ts";

/**
 * A picture that came over the pipe, on its bytes.
 * @throws ProtocolError when there are too few of them
 */
export function wirePicture(native: Native, header: VideoHeader, payload: Uint8Array): Picture {
  const { width, height } = header;
  const format = nativeFormats(native).get(header.format);
  const { planes, allocationSize } = computeLayout(header, header.format);
  if (format === undefined || payload.length < allocationSize) {
    throw new ProtocolError(`${payload.length} bytes are no ${header.format} picture.`);
  }
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  return {
    width,
    height,
    format,
    planes: planes.map(({ offset }) => bytes.subarray(offset)),
    strides: planes.map(({ stride }) => stride),
  };
}

/**
 * Samples that came over the pipe, on their bytes.
 * @throws ProtocolError when there are too few of them
 */
export function wireSamples(native: Native, header: AudioHeader, payload: Uint8Array): Samples {
  const { sampleRate, numberOfChannels: channels, numberOfFrames: count } = header;
  const entry = [...sampleFormats(native)].find(([, name]) => name === header.format);
  const format = entry?.[0];
  if (format === undefined) throw new ProtocolError(`${header.format} is no sample format.`);
  const isPlanar = header.format.endsWith("-planar");
  const planeBytes = count * native.avGetBytesPerSample(format) * (isPlanar ? 1 : channels);
  const planeCount = isPlanar ? channels : 1;
  if (payload.length < planeBytes * planeCount) {
    throw new ProtocolError(`${payload.length} bytes are too few for ${count} samples.`);
  }
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  const planes = Array.from({ length: planeCount }, (_, index) =>
    bytes.subarray(index * planeBytes, (index + 1) * planeBytes),
  );
  return { sampleRate, channels, format, count, planes };
}
