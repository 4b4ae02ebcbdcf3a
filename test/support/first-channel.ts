import type { DeviceEvents } from "../../src/contract/session.ts";
import type { AudioData } from "../../src/media/audio-data.ts";

/** The samples of a sound's first channel; the sound is closed. */
export function firstChannel(
  frame: Parameters<DeviceEvents["frame"]>[0],
): Float32Array<ArrayBuffer> {
  const data = frame as AudioData;
  const samples = new Float32Array(data.numberOfFrames);
  data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
  data.close();
  return samples;
}
