import { DeviceError } from "../../contract/device-error.ts";
import { debugLog } from "../../host/debug-log.ts";
import { systemClock } from "../../engine/clock/system-clock.ts";
import { Recording } from "../../sinks/recorder/recording.ts";
import type { RecordingFormat } from "../../sinks/recorder/recording-format.ts";
import type { Clock } from "../../engine/contract.ts";
import { createObject } from "../../webidl/create-object.ts";
import { blobEventBrand } from "./blob-event.ts";
import { ErrorEvent } from "./error-event.ts";
import type { MediaRecorderSlots } from "./media-recorder-slots.ts";
import { mediaStreamBrand, watchTrackSet } from "../stream/media-stream-slots.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";
import { RecordedData } from "./recorded-data.ts";
import { inactivateRecorder } from "./inactivate-recorder.ts";

export interface SessionOptions {
  /** Live ones, at least one. */
  readonly tracks: readonly MediaStreamTrack[];
  readonly format: RecordingFormat;
  /** ms */
  readonly timeslice: number | undefined;
}

/**
 * What a MediaRecorder does from `start()` to the `stop` event: the steps that the specification
 * runs in parallel, and the tasks that they queue.
 *
 * @see https://w3c.github.io/mediacapture-record/#dom-mediarecorder-start
 */
export class RecorderSession {
  readonly #slots: MediaRecorderSlots;
  readonly #format: RecordingFormat;
  readonly #recording: Recording;
  readonly #data: RecordedData;
  readonly #unwatch: () => void;
  readonly #interrupted: Promise<void>;
  #interrupt: () => void = () => {};
  #started: Promise<void> = Promise.resolve();

  constructor(slots: MediaRecorderSlots, { tracks, format, timeslice }: SessionOptions) {
    this.#slots = slots;
    this.#format = format;
    this.#interrupted = new Promise((resolve) => {
      this.#interrupt = resolve;
    });
    const clock = clockOf(tracks);
    this.#data = new RecordedData(clock, timeslice, () => this.requestData());
    const settings = {
      format,
      bitrates: slots.bitrates,
      audioBitrateMode: slots.audioBitrateMode,
      keyFrameIntervalMs: slots.videoKeyFrameIntervalDuration ?? undefined,
      keyFrameIntervalCount: slots.videoKeyFrameIntervalCount ?? undefined,
    };
    this.#recording = new Recording(
      {
        ...settings,
        clock,
        target: slots.target ?? this.#data,
        tracks: tracks.map((track) => mediaStreamTrackBrand.slotsOf(track).track),
      },
      { failed: (reason) => this.#fail(reason), ended: () => this.#finish() },
    );
    this.#unwatch = watchTrackSet(mediaStreamBrand.slotsOf(slots.stream), () => {
      this.#interrupt();
      this.#fail(
        new slots.realm.DOMException(
          "Tracks were added to or removed from the stream while it was recorded.",
          "InvalidModificationError",
        ),
      );
    });
  }

  start(): void {
    this.#started = this.#recording.start();
    // Its rejection is looked at in the task, which may come later.
    this.#started.catch(() => {});
    this.#queue(async () => {
      try {
        // What ends the recording before its encoders are there doesn't wait for them.
        await Promise.race([this.#started, this.#interrupted]);
      } catch (reason) {
        this.#fail(reason);
        return;
      }
      if (this.#slots.state !== "inactive") this.#slots.mimeType = this.#format.mimeType;
      debugLog("recorder: starts as %s", this.#format.mimeType);
      this.#fire("start");
    });
  }

  pause(): void {
    this.#recording.pause();
    this.#data.pause();
    this.#queue(() => this.#fire("pause"));
  }

  resume(): void {
    this.#recording.resume();
    this.#data.resume();
    this.#queue(() => this.#fire("resume"));
  }

  requestData(): void {
    this.#queue(() => this.#fireData());
  }

  /** The recorder is inactive already. */
  stop(): void {
    this.#unwatch();
    this.#interrupt();
    this.#recording.halt();
    this.#queue(async () => {
      // An encoder that is being opened is closed by the one who opens it.
      await this.#started.catch(() => {});
      await this.#recording.stop();
      this.#fireData();
      this.#fire("stop");
    });
  }

  /** Every track has ended. */
  #finish(): void {
    this.#queue(() => {
      if (!this.#isCurrent) return;
      inactivateRecorder(this.#slots);
      this.stop();
    });
  }

  /** No more data can be gathered. */
  #fail(reason: unknown): void {
    debugLog("recorder: failed: %s", String(reason));
    this.#queue(() => {
      if (!this.#isCurrent) return;
      inactivateRecorder(this.#slots);
      this.#fireError(this.#exceptionOf(reason));
      this.stop();
    });
  }

  /** False once the recorder was stopped, and for good if it was started again. */
  get #isCurrent(): boolean {
    return this.#slots.session === this && this.#slots.state !== "inactive";
  }

  #queue(steps: () => void | Promise<void>): void {
    const { realm } = this.#slots;
    this.#slots.tasks = this.#slots.tasks.then(
      () =>
        new Promise<void>((resolve) => {
          realm.queueTask(() => {
            void (async () => await steps())().finally(resolve);
          });
        }),
    );
  }

  #exceptionOf(reason: unknown): unknown {
    const { DOMException } = this.#slots.realm;
    if (reason instanceof DOMException) return reason;
    const message = reason instanceof Error ? reason.message : String(reason);
    const isMissing = reason instanceof DeviceError && reason.code === "missing-dependency";
    return new DOMException(message, isMissing ? "NotSupportedError" : "UnknownError");
  }

  #fire(type: string): void {
    const { realm, recorder } = this.#slots;
    // A handler before this one may have taken the document away, as a frame that is removed.
    if (!realm.isFullyActive()) return;
    realm.fireEvent(recorder, new realm.Event(type));
  }

  #fireError(error: unknown): void {
    const { realm, recorder } = this.#slots;
    const message = error instanceof Error ? error.message : "";
    const Constructor = realm.ErrorEvent ?? ErrorEvent;
    realm.warnOfUnheard?.(
      recorder,
      "error",
      `A recording ended with an error, and its MediaRecorder has no listener for it: ${message}`,
    );
    realm.fireEvent(recorder, new Constructor("error", { error, message }));
  }

  #fireData(): void {
    const { realm, recorder } = this.#slots;
    const { parts, timecode } = this.#data.take();
    const data = new (realm.Blob ?? Blob)(parts, { type: this.#format.mimeType });
    const event = createObject(realm, blobEventBrand, { data, timecode }, ["dataavailable"]);
    realm.fireEvent(recorder, event);
  }
}

function clockOf(tracks: readonly MediaStreamTrack[]): Clock {
  const [track] = tracks;
  return (track && mediaStreamTrackBrand.slotsOf(track).realm.clock) ?? systemClock;
}
