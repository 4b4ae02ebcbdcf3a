import type { ListedDevice } from "../../capture-process/child/list-devices.ts";
import type { InputSpec } from "../../capture-process/wire/command.ts";
import type { DeviceConfiguration, DisplayDescription } from "../../contract/device.ts";

/** A screen can be read as often as one likes; these are what one likes. */
const FRAME_RATES = [30, 60];

/** A screen of an X server as a device; nothing for what is no screen. */
export function describeScreen(device: ListedDevice): DisplayDescription[] {
  const { type, name, bounds, isDefault } = device;
  if (type !== "screen" || bounds === undefined) return [];
  const { width, height } = bounds;
  return [
    {
      kind: "display",
      displaySurface: "monitor",
      hardwareId: name,
      hardwareGroupId: name,
      label: `Screen ${name}`,
      isDefault,
      modes: FRAME_RATES.map((frameRate) => ({ width, height, frameRate, pixelFormat: "BGRX" })),
    },
  ];
}

/** How FFmpeg opens a screen. */
export function inputOfScreen(display: string, configuration: DeviceConfiguration): InputSpec {
  const { mode } = configuration as Extract<DeviceConfiguration, { kind: "video" }>;
  return {
    type: "device",
    format: "x11grab",
    url: display,
    options: {
      framerate: String(mode.frameRate),
      video_size: `${mode.width}x${mode.height}`,
      draw_mouse: "1",
    },
    media: "video",
    clock: "other",
  };
}
