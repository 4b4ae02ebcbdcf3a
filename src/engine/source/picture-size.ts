import type { DeviceConfiguration } from "../../contract/device.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/** px */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a device's pictures, where it changes by itself: a window that is resized. */
export class PictureSize {
  #last: Size | undefined;

  /** A size that is neither the last one nor the configuration's; undefined where it is. */
  notice(configuration: DeviceConfiguration, frame: VideoFrame): Size | undefined {
    const { displayWidth: width, displayHeight: height } = frame;
    if (this.#last?.width === width && this.#last.height === height) return undefined;
    this.#last = { width, height };
    if (configuration.kind !== "video") return undefined;
    const { mode } = configuration;
    return mode.width === width && mode.height === height ? undefined : this.#last;
  }

  clear(): void {
    this.#last = undefined;
  }
}
