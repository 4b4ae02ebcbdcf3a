import type { LeasedProcess } from "../../capture-process/program/leased-process.ts";
import type { InputSpec } from "../../capture-process/wire/command.ts";
import type { Backend, DeviceConfiguration } from "../../contract/device.ts";
import { createListedBackend } from "../listed-backend.ts";
import type { ListedPlace } from "../listed-devices.ts";

/** Cameras and microphones of macOS. Written by FFmpeg's sources; never run on a Mac yet. */
export function createAvfoundationBackend(
  options: { readonly helper?: LeasedProcess } = {},
): Backend {
  return createListedBackend({ ...options, name: "avfoundation", inputOf: avfoundationInput });
}

/** FFmpeg's table of pixel formats for macOS has these names for what cameras list. */
const PIXEL_FORMATS: Readonly<Record<string, string>> = {
  argb: "0rgb",
  bgra: "bgr0",
  gray: "gray",
  nv12: "nv12",
  rgb24: "rgb24",
  uyvy422: "uyvy422",
  yuv420p: "yuv420p",
  yuyv422: "yuyv422",
};

/** @see https://ffmpeg.org/ffmpeg-devices.html#avfoundation */
export function avfoundationInput(
  device: Pick<ListedPlace, "name" | "index" | "names">,
  configuration: DeviceConfiguration,
): InputSpec {
  const shared = { type: "device", format: "avfoundation", clock: "other" } as const;
  if (configuration.kind === "audio") {
    return { ...shared, url: `:${urlPart(device)}`, options: {}, media: "audio" };
  }
  const { width, height, frameRate, pixelFormat } = configuration.mode;
  const known = PIXEL_FORMATS[pixelFormat];
  const options = {
    video_size: `${width}x${height}`,
    framerate: String(frameRate),
    // Without it FFmpeg takes the first format that the camera has.
    ...(known !== undefined && { pixel_format: known }),
  };
  return { ...shared, url: urlPart(device), options, media: "video" };
}

/**
 * The name, where FFmpeg finds this device by it: FFmpeg takes the first device whose name begins
 * with what it is given, ends a name at a colon, and takes one that begins with a digit for a
 * place in its list. Else the place: FFmpeg's list has the same devices in the system's order.
 */
function urlPart({ name, index, names }: Pick<ListedPlace, "name" | "index" | "names">): string {
  const isWord = !/^(?:\d|default|none|Capture screen)|:/u.test(name);
  const isFirst = names.findIndex((other) => other.startsWith(name)) === index;
  return isWord && isFirst ? name : String(index);
}
