import { distributeBitrate } from "../../sinks/recorder/bitrates.ts";
import type { MediaRecorderSlots } from "./media-recorder-slots.ts";

/** @see https://w3c.github.io/mediacapture-record/#abstract-opdef-inactivate-the-recorder */
export function inactivateRecorder(slots: MediaRecorderSlots): void {
  slots.mimeType = slots.constrainedMimeType;
  slots.state = "inactive";
  if (slots.constrainedBitsPerSecond !== null) {
    slots.bitrates = distributeBitrate(slots.constrainedBitsPerSecond);
  }
}
