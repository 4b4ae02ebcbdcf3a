import { isTypeSupported } from "../../sinks/recorder/is-type-supported.ts";
import { optional, optionalDictionary, required } from "../../webidl/argument.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import type {
  AnyListener,
  EventHandler,
  EventHandlerValue,
  ListenerOptions,
  ListenerRemovalOptions,
  TypedListener,
} from "../../webidl/event-handler.ts";
import { operation } from "../../webidl/interface-definition.ts";
import { domString, unsignedLong } from "../../webidl/primitives.ts";
import { interfaceType } from "../../webidl/types.ts";
import type { BlobEvent } from "./blob-event.ts";
import type { RecorderErrorEvent } from "./error-event.ts";
import { initialiseRecorder } from "./initialise-recorder.ts";
import { mediaRecorderOptions } from "./media-recorder-options.ts";
import type { MediaRecorderOptions } from "./media-recorder-options.ts";
import { mediaRecorderBrand } from "./media-recorder-slots.ts";
import { mediaStreamBrand } from "../stream/media-stream-slots.ts";
import type { MediaStream, MediaStreamLike } from "../stream/media-stream.ts";
import { inactivateRecorder } from "./inactivate-recorder.ts";
import { startRecorder } from "./start-recorder.ts";
import { nodeRealm, type Realm } from "../realm/realm.ts";
import { canEncodeIn } from "./can-encode-in.ts";

/** The events of a {@link MediaRecorder}, by name. */
export interface MediaRecorderEventMap {
  start: Event;
  stop: Event;
  dataavailable: BlobEvent;
  pause: Event;
  resume: Event;
  error: RecorderErrorEvent;
}

export interface MediaRecorder {
  /** Every encoder is at work; {@link mimeType} is known. */
  get onstart(): EventHandlerValue;
  set onstart(handler: EventHandler<this, MediaRecorderEventMap["start"]>);
  /** The recording is complete; all of its data was given. */
  get onstop(): EventHandlerValue;
  set onstop(handler: EventHandler<this, MediaRecorderEventMap["stop"]>);
  /** A piece of the recording: the event's `data`. */
  get ondataavailable(): EventHandlerValue;
  set ondataavailable(handler: EventHandler<this, MediaRecorderEventMap["dataavailable"]>);
  /** Recording was interrupted by {@link MediaRecorder.pause}. */
  get onpause(): EventHandlerValue;
  set onpause(handler: EventHandler<this, MediaRecorderEventMap["pause"]>);
  /** Recording goes on after a pause. */
  get onresume(): EventHandlerValue;
  set onresume(handler: EventHandler<this, MediaRecorderEventMap["resume"]>);
  /**
   * The recording can't go on: tracks were added or removed (`InvalidModificationError`), there is no
   * encoder (`NotSupportedError`), or anything else (`UnknownError`). `dataavailable` and `stop`
   * follow, and what was recorded until then is playable.
   */
  get onerror(): EventHandlerValue;
  set onerror(handler: EventHandler<this, MediaRecorderEventMap["error"]>);
  /** Adds a listener; the events of a recorder are typed by their names. */
  addEventListener<Name extends keyof MediaRecorderEventMap>(
    type: Name,
    listener: TypedListener<this, MediaRecorderEventMap[Name]>,
    options?: ListenerOptions,
  ): void;
  /** Adds a listener of any event. */
  addEventListener(type: string, listener: AnyListener, options?: ListenerOptions): void;
  /** Removes a listener that {@link addEventListener} added with the same `capture`. */
  removeEventListener<Name extends keyof MediaRecorderEventMap>(
    type: Name,
    listener: TypedListener<this, MediaRecorderEventMap[Name]>,
    options?: ListenerRemovalOptions,
  ): void;
  /** Removes a listener of any event. */
  removeEventListener(type: string, listener: AnyListener, options?: ListenerRemovalOptions): void;
}

/**
 * Records the tracks of a stream.
 *
 * Data comes in `dataavailable` events: all of it after `stop()`, or piece by piece with
 * `start(timeslice)`, which keeps memory flat. The pieces in their order are the file.
 *
 * @see https://w3c.github.io/mediacapture-record/#mediarecorder-api
 */
export class MediaRecorder extends EventTarget {
  /**
   * @throws DOMException `NotSupportedError` when `options.mimeType` can't be recorded
   */
  constructor(stream: MediaStreamLike, options?: MediaRecorderOptions);
  constructor(...values: unknown[]) {
    const converted = constructorArguments(mediaRecorderInterface, values);
    super();
    initialiseRecorder(this, nodeRealm, converted);
  }

  /** What is recorded. */
  get stream(): MediaStream {
    return mediaRecorderBrand.slotsOf(this).stream;
  }

  /**
   * What was asked for; from the `start` event on, what is really written, with its codecs. It stays
   * so after the recording, until the next `start()`.
   */
  get mimeType(): string {
    return mediaRecorderBrand.slotsOf(this).mimeType;
  }

  /** What it does now: `"paused"` is between `pause()` and `resume()`. */
  get state(): "inactive" | "recording" | "paused" {
    return mediaRecorderBrand.slotsOf(this).state;
  }

  /** The target for all video tracks together. */
  get videoBitsPerSecond(): number {
    return mediaRecorderBrand.slotsOf(this).bitrates.videoBitsPerSecond;
  }

  /** The target for all audio tracks together. */
  get audioBitsPerSecond(): number {
    return mediaRecorderBrand.slotsOf(this).bitrates.audioBitsPerSecond;
  }

  /** Whether the audio encoder keeps to its target for each packet, or over time. */
  get audioBitrateMode(): "constant" | "variable" {
    return mediaRecorderBrand.slotsOf(this).audioBitrateMode;
  }

  /**
   * Starts recording.
   *
   * @param timeslice - ms after which the data so far is given; left out, all comes at the end
   * @throws DOMException `InvalidStateError` when it records already; `NotSupportedError` when the
   *   stream is inactive or its tracks can't be recorded as {@link mimeType}
   */
  start(timeslice?: number): void {
    startRecorder(mediaRecorderBrand.slotsOf(this), timeslice);
  }

  /** Ends the recording: `dataavailable` and `stop` follow. Does nothing while inactive. */
  stop(): void {
    const slots = mediaRecorderBrand.slotsOf(this);
    if (slots.state === "inactive") return;
    inactivateRecorder(slots);
    slots.session?.stop();
  }

  /**
   * Leaves out what comes until {@link resume}, without a gap in the recording.
   * @throws DOMException `InvalidStateError` while inactive
   */
  pause(): void {
    const slots = mediaRecorderBrand.slotsOf(this);
    if (slots.state === "inactive") throw inactive("pause", slots.realm);
    if (slots.state === "paused") return;
    slots.state = "paused";
    slots.session?.pause();
  }

  /**
   * Goes on after {@link pause}.
   * @throws DOMException `InvalidStateError` while inactive
   */
  resume(): void {
    const slots = mediaRecorderBrand.slotsOf(this);
    if (slots.state === "inactive") throw inactive("resume", slots.realm);
    if (slots.state === "recording") return;
    slots.state = "recording";
    slots.session?.resume();
  }

  /**
   * Gives the data so far in a `dataavailable` event.
   * @throws DOMException `InvalidStateError` while inactive
   */
  requestData(): void {
    const slots = mediaRecorderBrand.slotsOf(this);
    if (slots.state === "inactive") throw inactive("requestData", slots.realm);
    slots.session?.requestData();
  }

  /**
   * Says whether a MIME type, such as `"video/webm;codecs=vp9,opus"`, can be recorded: nothing can
   * where the optional dependencies aren't installed.
   */
  static isTypeSupported(type: string): boolean;
  static isTypeSupported(type: string, realm: Pick<Realm, "codecs"> = nodeRealm): boolean {
    // The class is made before its realm, Node's, knows its encoders.
    const { codecs = nodeRealm.codecs } = realm;
    return isTypeSupported(type, canEncodeIn({ codecs }));
  }
}

/** The IDL of {@link MediaRecorder}. */
export const mediaRecorderInterface = defineInterface({
  brand: mediaRecorderBrand,
  class: MediaRecorder,
  construct: {
    example: "new MediaRecorder(stream)",
    arguments: [
      required(interfaceType(mediaStreamBrand)),
      optionalDictionary(mediaRecorderOptions),
    ],
    initialise: initialiseRecorder,
  },
  eventHandlers: ["onstart", "onstop", "ondataavailable", "onpause", "onresume", "onerror"],
  operations: {
    start: operation(optional(unsignedLong)),
    stop: operation(),
    pause: operation(),
    resume: operation(),
    requestData: operation(),
  },
  staticOperations: { isTypeSupported: operation(required(domString)) },
});

function inactive(method: string, realm: { DOMException: typeof DOMException }): DOMException {
  return new realm.DOMException(
    `Failed to execute '${method}' on 'MediaRecorder': it is inactive. Call start() first.`,
    "InvalidStateError",
  );
}
