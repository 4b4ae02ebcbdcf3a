import type { FormatContext, Stream } from "node-av/lib";
import type { DeviceConfiguration } from "../../backends/contract.ts";
import { DeviceError } from "../../backends/contract.ts";
import type { DeviceInput } from "../wire/command.ts";
import { check } from "./check.ts";
import type { Native } from "./native.ts";

/** Opens a device of FFmpeg's without waiting for a frame of it. */
export async function openDevice(
  native: Native,
  input: DeviceInput,
): Promise<{ readonly context: FormatContext; readonly stream: Stream }> {
  const format = native.InputFormat.findInputFormat(input.format);
  if (format === null) throw new DeviceError("failed", `FFmpeg here has no ${input.format}.`);
  const context = new native.FormatContext();
  context.allocContext();
  // Set before opening, or a driver without data blocks the read, and the close, for ever.
  context.setFlags(native.constants.AVFMT_FLAG_NONBLOCK);
  const options = native.Dictionary.fromObject(input.options);
  try {
    check(native, await context.openInput(input.url, format, options), `Can't open ${input.url}`);
  } finally {
    options.free();
  }
  const stream = context.streams[0];
  if (stream === undefined) throw new DeviceError("failed", `${input.url} has no stream.`);
  return { context, stream };
}

/** What the driver really runs in: it may have taken the nearest it has without a word. */
export function actualConfiguration(
  stream: Stream,
  asked: DeviceConfiguration,
): DeviceConfiguration {
  const parameters = stream.codecpar;
  if (asked.kind === "audio") {
    const { sampleRate, channels: channelCount } = parameters;
    const sampleSize = parameters.bitsPerCodedSample || asked.mode.sampleSize;
    return { ...asked, mode: { ...asked.mode, sampleRate, channelCount, sampleSize } };
  }
  const { width, height } = parameters;
  const { num, den } = stream.avgFrameRate;
  const frameRate = num > 0 && den > 0 ? num / den : asked.mode.frameRate;
  return { kind: "video", mode: { ...asked.mode, width, height, frameRate } };
}
