import { distributeBitrate } from "../../sinks/recorder/bitrates.ts";
import type { MediaRecorderSlots } from "./media-recorder-slots.ts";

/**
 * Deviates: `mimeType` stays what was recorded until the next `start()`, as in Chromium, so that the
 * last `dataavailable` and `onstop` can give it to the Blob that they make.
 *
 * @see https://w3c.github.io/mediacapture-record/#abstract-opdef-inactivate-the-recorder
 */
export function inactivateRecorder(slots: MediaRecorderSlots): void {
  slots.state = "inactive";
  if (slots.constrainedBitsPerSecond !== null) {
    slots.bitrates = distributeBitrate(slots.constrainedBitsPerSecond);
  }
}
