import { distributeBitrate } from "../../sinks/recorder/bitrates.ts";
import { chooseFormat } from "../../sinks/recorder/recording-format.ts";
import { canEncodeIn } from "./can-encode-in.ts";
import type { MediaRecorderSlots } from "./media-recorder-slots.ts";
import { RecorderSession } from "./recorder-session.ts";

/** @see https://w3c.github.io/mediacapture-record/#dom-mediarecorder-start */
export function startRecorder(slots: MediaRecorderSlots, timeslice: number | undefined): void {
  const { realm, stream } = slots;
  const refuse = (why: string, name: string): DOMException =>
    new realm.DOMException(`Failed to execute 'start' on 'MediaRecorder': ${why}`, name);
  const tracks = stream.getTracks().filter((track) => track.readyState === "live");
  if (slots.state !== "inactive") {
    throw refuse(`it is ${slots.state}. Call stop() first.`, "InvalidStateError");
  }
  if (!realm.isFullyActive()) {
    throw refuse("the document is not fully active.", "NotSupportedError");
  }
  if (tracks.length === 0) {
    throw refuse("the stream has no live track to record.", "NotSupportedError");
  }
  const kinds = tracks.map(({ kind }) => (kind === "audio" ? "audio" : "video"));
  if (slots.constrainedBitsPerSecond !== null) {
    slots.bitrates = distributeBitrate(slots.constrainedBitsPerSecond, kinds);
  }
  const format = chooseFormat(slots.constrainedMimeType, kinds, canEncodeIn(realm));
  if (format === undefined) {
    throw refuse(
      `'${slots.constrainedMimeType}' can't hold ${kinds.join(" and ")}.`,
      "NotSupportedError",
    );
  }
  slots.mimeType = slots.constrainedMimeType;
  slots.state = "recording";
  slots.session = new RecorderSession(slots, { tracks, format, timeslice });
  slots.session.start();
}
