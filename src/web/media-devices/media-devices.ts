import { supportedConstraints } from "../../constraints/allowed-constraints.ts";
import type { MediaTrackConstraints, MediaTrackConstraintSet } from "../../constraints/types.ts";
import { optionalDictionary } from "../../webidl/argument.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import type {
  AnyListener,
  EventHandler,
  EventHandlerValue,
  ListenerOptions,
  ListenerRemovalOptions,
  TypedListener,
} from "../../webidl/event-handler.ts";
import { operation, promiseOperation } from "../../webidl/interface-definition.ts";
import { mediaStreamConstraints } from "../constraints/constraint-dictionaries.ts";
import type { DeviceChangeEvent } from "./device-change-event.ts";
import { displayMediaStreamOptions } from "./display-media-options.ts";
import type { DisplayMediaStreamOptions } from "./display-media-options.ts";
import { enumerateDevices } from "./enumerate-devices.ts";
import { getDisplayMedia } from "./get-display-media.ts";
import { getUserMedia } from "./get-user-media.ts";
import type { MediaDeviceInfo } from "./media-device-info.ts";
import { mediaDevicesBrand } from "./media-devices-slots.ts";
import type { MediaStream } from "../stream/media-stream.ts";

/** The names of the constraints that are known, each true. */
export type MediaTrackSupportedConstraints = {
  [Name in keyof MediaTrackConstraintSet]?: boolean;
};

/** What kinds of media to get, and with which settings. */
export interface MediaStreamConstraints {
  audio?: boolean | MediaTrackConstraints;
  video?: boolean | MediaTrackConstraints;
  /**
   * Withdraws the call: its prompt closes, and the promise rejects with the signal's reason.
   * Deviates: an extension; browsers ignore it.
   */
  signal?: AbortSignal;
}

/** The events of {@link MediaDevices}, by name. */
export interface MediaDevicesEventMap {
  devicechange: DeviceChangeEvent;
}

export interface MediaDevices {
  /** A device was plugged in or out, or another one became the default. */
  get ondevicechange(): EventHandlerValue;
  set ondevicechange(handler: EventHandler<this, MediaDevicesEventMap["devicechange"]>);
  /** Adds a listener; the events of `navigator.mediaDevices` are typed by their names. */
  addEventListener<Name extends keyof MediaDevicesEventMap>(
    type: Name,
    listener: TypedListener<this, MediaDevicesEventMap[Name]>,
    options?: ListenerOptions,
  ): void;
  /** Adds a listener of any event. */
  addEventListener(type: string, listener: AnyListener, options?: ListenerOptions): void;
  /** Removes a listener that {@link addEventListener} added with the same `capture`. */
  removeEventListener<Name extends keyof MediaDevicesEventMap>(
    type: Name,
    listener: TypedListener<this, MediaDevicesEventMap[Name]>,
    options?: ListenerRemovalOptions,
  ): void;
  /** Removes a listener of any event. */
  removeEventListener(type: string, listener: AnyListener, options?: ListenerRemovalOptions): void;
}

/**
 * The entry to the cameras, microphones and displays of this machine: `navigator.mediaDevices`.
 *
 * @see https://w3c.github.io/mediacapture-main/#mediadevices
 */
export class MediaDevices extends EventTarget {
  /** There is one: `navigator.mediaDevices`. */
  protected constructor() {
    super();
    throw new TypeError("Illegal constructor");
  }

  /** Lists the devices, with labels and ids only as far as permission was given. */
  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return enumerateDevices(mediaDevicesBrand.slotsOf(this));
  }

  /** The names of the constraints that are known here. */
  getSupportedConstraints(): MediaTrackSupportedConstraints {
    return supportedConstraints();
  }

  /**
   * Asks for a camera, a microphone or both, and opens them.
   *
   * @throws TypeError when neither audio nor video is asked for
   * @throws DOMException `NotAllowedError`, `NotFoundError`, `NotReadableError`, `AbortError`,
   *   `InvalidStateError`
   * @throws OverconstrainedError when no device meets the required constraints
   * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
   */
  getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    return getUserMedia(mediaDevicesBrand.slotsOf(this), constraints);
  }

  /**
   * Asks for a display and captures it.
   * @see https://w3c.github.io/mediacapture-screen-share/#dom-mediadevices-getdisplaymedia
   */
  getDisplayMedia(options: DisplayMediaStreamOptions = {}): Promise<MediaStream> {
    return getDisplayMedia(mediaDevicesBrand.slotsOf(this), options);
  }
}

/** The IDL of {@link MediaDevices}. */
export const mediaDevicesInterface = defineInterface({
  brand: mediaDevicesBrand,
  class: MediaDevices,
  secureContext: true,
  eventHandlers: ["ondevicechange"],
  operations: {
    enumerateDevices: promiseOperation(),
    getSupportedConstraints: operation(),
    getUserMedia: {
      ...promiseOperation(optionalDictionary(mediaStreamConstraints)),
      example: "getUserMedia({ audio: true, video: true })",
    },
    getDisplayMedia: promiseOperation(optionalDictionary(displayMediaStreamOptions)),
  },
});
