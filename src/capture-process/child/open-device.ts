import type { FormatContext, InputFormat, Stream } from "node-av/lib";
import type { DeviceConfiguration } from "../../contract/device.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type { DeviceInput } from "../wire/command.ts";
import { deviceErrorOf } from "./check.ts";
import { takeLines } from "./native-log.ts";
import type { Native } from "./native.ts";

interface OpenDevice {
  readonly context: FormatContext;
  readonly stream: Stream;
}

/** Opens a device of FFmpeg's without waiting for a frame of it. */
export async function openDevice(native: Native, input: DeviceInput): Promise<OpenDevice> {
  const format = native.InputFormat.findInputFormat(input.format);
  if (format === null) throw new DeviceError("failed", `FFmpeg here has no ${input.format}.`);
  const first = await tryOpen(native, input, format);
  if (typeof first === "object") return first;
  const said = await takeLines();
  // The first look of a process at a sound card fails where ALSA's plug-ins are installed, which
  // the library that FFmpeg brings along can't load; the second one goes without them.
  if (input.format === "alsa" && said.includes("No such file")) {
    const second = await tryOpen(native, input, format);
    if (typeof second === "object") return second;
    throw deviceErrorOf(native, second, `Can't open ${input.url}`, await takeLines());
  }
  throw deviceErrorOf(native, first, `Can't open ${input.url}`, said);
}

/** The device, or FFmpeg's number for why not. */
async function tryOpen(
  native: Native,
  input: DeviceInput,
  format: InputFormat,
): Promise<OpenDevice | number> {
  const context = new native.FormatContext();
  context.allocContext();
  // Set before opening, or a driver without data blocks the read, and the close, for ever.
  context.setFlags(native.constants.AVFMT_FLAG_NONBLOCK);
  const options = native.Dictionary.fromObject(input.options);
  const result = await context.openInput(input.url, format, options);
  options.free();
  if (result < 0) return result;
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
  // 0 where the stream tells its size with the first picture: gdigrab's are bitmaps.
  const width = parameters.width || asked.mode.width;
  const height = parameters.height || asked.mode.height;
  const { num, den } = stream.avgFrameRate;
  const frameRate = num > 0 && den > 0 ? num / den : asked.mode.frameRate;
  return { kind: "video", mode: { ...asked.mode, width, height, frameRate } };
}
