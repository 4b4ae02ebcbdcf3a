import type { LeasedProcess } from "../../capture-process/program/leased-process.ts";
import type { InputSpec } from "../../capture-process/wire/command.ts";
import type { Backend, DeviceConfiguration } from "../../contract/device.ts";
import { createListedBackend } from "../listed-backend.ts";

/** Cameras and microphones of Windows. Written by FFmpeg's documentation; never run there yet. */
export function createDshowBackend(options: { readonly helper?: LeasedProcess } = {}): Backend {
  return createListedBackend({ ...options, name: "dshow", inputOf: dshowInput });
}

/** @see https://ffmpeg.org/ffmpeg-devices.html#dshow */
export function dshowInput(device: string, configuration: DeviceConfiguration): InputSpec {
  const shared = { type: "device", format: "dshow", clock: "other" } as const;
  if (configuration.kind === "audio") {
    const { sampleRate, channelCount } = configuration.mode;
    // Its own default is half a second.
    const buffer = Math.round(1000 * (configuration.latency ?? 0.05));
    const options = {
      sample_rate: String(sampleRate),
      channels: String(channelCount),
      audio_buffer_size: String(buffer),
    };
    return { ...shared, url: `audio=${device}`, options, media: "audio" };
  }
  const { width, height, frameRate } = configuration.mode;
  const options = { video_size: `${width}x${height}`, framerate: String(frameRate) };
  return { ...shared, url: `video=${device}`, options, media: "video" };
}
