import * as v from "valibot";
import type { DeviceConfiguration } from "../../contract/device.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const rate = v.pipe(v.number(), v.finite(), v.gtValue(0));

const known = v.variant("kind", [
  v.object({
    kind: v.literal("video"),
    mode: v.object({ width: count, height: count, frameRate: rate, pixelFormat: v.string() }),
  }),
  v.object({
    kind: v.literal("audio"),
    mode: v.object({ sampleRate: count, channelCount: count, sampleSize: count }),
  }),
]);

/** How a device is to run, or runs. */
export const deviceConfiguration = v.custom<DeviceConfiguration>((value) => v.is(known, value));
