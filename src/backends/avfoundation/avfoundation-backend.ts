import type { LeasedProcess } from "../../capture-process/program/leased-process.ts";
import type { InputSpec } from "../../capture-process/wire/command.ts";
import type { Backend, DeviceConfiguration } from "../../contract/device.ts";
import { createListedBackend } from "../listed-backend.ts";

/** Cameras and microphones of macOS. Written by FFmpeg's documentation; never run on a Mac yet. */
export function createAvfoundationBackend(
  options: { readonly helper?: LeasedProcess } = {},
): Backend {
  return createListedBackend({ ...options, name: "avfoundation", inputOf: avfoundationInput });
}

/** @see https://ffmpeg.org/ffmpeg-devices.html#avfoundation */
export function avfoundationInput(device: string, configuration: DeviceConfiguration): InputSpec {
  const shared = { type: "device", format: "avfoundation", clock: "other" } as const;
  if (configuration.kind === "audio") {
    return { ...shared, url: `:${device}`, options: {}, media: "audio" };
  }
  const { width, height, frameRate, pixelFormat } = configuration.mode;
  const options = {
    video_size: `${width}x${height}`,
    framerate: String(frameRate),
    ...(!["unknown", "compressed"].includes(pixelFormat) && { pixel_format: pixelFormat }),
  };
  return { ...shared, url: device, options, media: "video" };
}
