import { required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";
import { callbackFunction } from "../../webidl/types.ts";
import { mediaStreamConstraints } from "../constraints/constraint-dictionaries.ts";
import { legacyGetUserMedia } from "./legacy-get-user-media.ts";
import type { MediaDevices, MediaStreamConstraints } from "./media-devices.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import type { Permissions } from "../permissions/permissions.ts";
import type { Realm } from "../realm/realm.ts";

/** Called with the stream. */
export type NavigatorUserMediaSuccessCallback = (stream: MediaStream) => void;
/** Called with why there is no stream. */
export type NavigatorUserMediaErrorCallback = (error: DOMException) => void;

/** The slots of a {@link Navigator}. */
export interface NavigatorSlots {
  readonly realm: Realm;
  readonly mediaDevices: MediaDevices;
  readonly permissions: Permissions;
}

export const navigatorBrand = new Brand<NavigatorSlots, Navigator>("Navigator");

/**
 * The parts of the browser's `navigator` that capture media.
 *
 * @see https://w3c.github.io/mediacapture-main/#navigator-interface-extensions
 */
export class Navigator {
  /** There is one: `navigator`. */
  protected constructor() {
    throw new TypeError("Illegal constructor");
  }

  /** The cameras, microphones and displays of this machine. */
  get mediaDevices(): MediaDevices {
    return navigatorBrand.slotsOf(this).mediaDevices;
  }

  /** What this program may use. */
  get permissions(): Permissions {
    return navigatorBrand.slotsOf(this).permissions;
  }

  /**
   * Asks the user for a camera, a microphone or both. One of the callbacks is called once, later;
   * neither as long as the user makes no choice.
   *
   * @throws TypeError for arguments that are no constraints and callbacks
   * @see https://w3c.github.io/mediacapture-main/#dom-navigator-getusermedia
   */
  getUserMedia(
    constraints: MediaStreamConstraints,
    successCallback: NavigatorUserMediaSuccessCallback,
    errorCallback: NavigatorUserMediaErrorCallback,
  ): void {
    const slots = navigatorBrand.slotsOf(this);
    legacyGetUserMedia(slots, constraints, successCallback, errorCallback);
  }

  /** {@link getUserMedia} by the name that Chrome, Opera and Safari gave it. */
  webkitGetUserMedia(
    constraints: MediaStreamConstraints,
    successCallback: NavigatorUserMediaSuccessCallback,
    errorCallback: NavigatorUserMediaErrorCallback,
  ): void {
    const slots = navigatorBrand.slotsOf(this);
    legacyGetUserMedia(slots, constraints, successCallback, errorCallback);
  }

  /** {@link getUserMedia} by the name that Firefox gave it. */
  mozGetUserMedia(
    constraints: MediaStreamConstraints,
    successCallback: NavigatorUserMediaSuccessCallback,
    errorCallback: NavigatorUserMediaErrorCallback,
  ): void {
    const slots = navigatorBrand.slotsOf(this);
    legacyGetUserMedia(slots, constraints, successCallback, errorCallback);
  }
}

const legacyCall = {
  ...operation(
    required(mediaStreamConstraints),
    required(callbackFunction<NavigatorUserMediaSuccessCallback>()),
    required(callbackFunction<NavigatorUserMediaErrorCallback>()),
  ),
  example:
    "navigator.getUserMedia(constraints, onStream, onError), or " +
    "await navigator.mediaDevices.getUserMedia(constraints)",
};

/** The IDL of {@link Navigator}. */
export const navigatorInterface = defineInterface({
  brand: navigatorBrand,
  class: Navigator,
  operations: {
    getUserMedia: legacyCall,
    webkitGetUserMedia: legacyCall,
    mozGetUserMedia: legacyCall,
  },
  secureMembers: ["mediaDevices", "getUserMedia", "webkitGetUserMedia", "mozGetUserMedia"],
});
