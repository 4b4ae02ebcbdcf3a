import type { Bitrates } from "../../sinks/recorder/bitrates.ts";
import type { RecordingTarget } from "../../sinks/recorder/recording-target.ts";
import { Brand } from "../../webidl/brand.ts";
import type { MediaRecorder } from "./media-recorder.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import type { RecorderSession } from "./recorder-session.ts";
import type { Realm } from "../realm/realm.ts";

/**
 * The internal slots of a MediaRecorder.
 * @see https://w3c.github.io/mediacapture-record/#mediarecorder-constructors
 */
export interface MediaRecorderSlots {
  readonly realm: Realm;
  readonly recorder: MediaRecorder;
  readonly stream: MediaStream;
  readonly constrainedMimeType: string;
  readonly constrainedBitsPerSecond: number | null;
  /** ms */
  readonly videoKeyFrameIntervalDuration: number | null;
  /** frames */
  readonly videoKeyFrameIntervalCount: number | null;
  readonly audioBitrateMode: "constant" | "variable";
  mimeType: string;
  state: "inactive" | "recording" | "paused";
  bitrates: Bitrates;
  /** Where data goes in place of `dataavailable` events, whose blobs are empty then. */
  target?: RecordingTarget;
  /** What runs from `start()` to the `stop` event. */
  session: RecorderSession | undefined;
  /** The last task that was queued: events of a recorder never overtake each other. */
  tasks: Promise<void>;
}

export const mediaRecorderBrand = new Brand<MediaRecorderSlots, MediaRecorder>(
  "MediaRecorder",
  "EventTarget",
);
