import type { LeasedProcess } from "../../capture-process/program/leased-process.ts";
import type { InputSpec } from "../../capture-process/wire/command.ts";
import type { Backend, DeviceConfiguration } from "../../contract/device.ts";
import { createListedBackend } from "../listed-backend.ts";
import type { ListedPlace } from "../listed-devices.ts";

/** Cameras and microphones of Windows. Run under Wine with test devices, not yet on Windows. */
export function createDshowBackend(options: { readonly helper?: LeasedProcess } = {}): Backend {
  return createListedBackend({ ...options, name: "dshow", inputOf: dshowInput });
}

/** @see https://ffmpeg.org/ffmpeg-devices.html#dshow */
export function dshowInput(
  { name, indexOfName }: Pick<ListedPlace, "name" | "indexOfName">,
  configuration: DeviceConfiguration,
): InputSpec {
  const shared = { type: "device", format: "dshow", clock: "other" } as const;
  if (configuration.kind === "audio") {
    const { sampleRate, channelCount } = configuration.mode;
    // Its own default is half a second.
    const buffer = Math.round(1000 * (configuration.latency ?? 0.05));
    const options = {
      sample_rate: String(sampleRate),
      channels: String(channelCount),
      audio_buffer_size: String(buffer),
      audio_device_number: String(indexOfName),
    };
    return { ...shared, url: `audio=${name}`, options, media: "audio" };
  }
  const { width, height, frameRate } = configuration.mode;
  const options = {
    video_size: `${width}x${height}`,
    framerate: String(listedRate(frameRate)),
    video_device_number: String(indexOfName),
  };
  return { ...shared, url: `video=${name}`, options, media: "video" };
}

/**
 * DirectShow counts the time from one picture to the next in whole units of 100 ns. FFmpeg rounds
 * the rate to a fraction and cuts the interval that comes out, and refuses one that is a unit below
 * the camera's shortest. Half a unit more makes FFmpeg come back to the interval that was listed.
 */
function listedRate(frameRate: number): number {
  return 1e7 / (Math.round(1e7 / frameRate) + 0.5);
}
