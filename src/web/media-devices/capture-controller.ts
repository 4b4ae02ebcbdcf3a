import { required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { operation } from "../../webidl/interface-definition.ts";
import { enumeration } from "../../webidl/types.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";
import { nodeRealm } from "../realm/realm.ts";
import type { Realm } from "../realm/realm.ts";

/** What should have the focus once a capture of a display begins. */
export type CaptureStartFocusBehavior =
  | "focus-capturing-application"
  | "focus-captured-surface"
  | "no-focus-change";

/** The slots of a {@link CaptureController}. */
export interface CaptureControllerSlots {
  readonly realm: Realm;
  /** It was given to a call of `getDisplayMedia()`. */
  isBound: boolean;
  /** What the call gave. */
  track: MediaStreamTrack | undefined;
  focusBehavior: CaptureStartFocusBehavior | undefined;
  /** It is too late to say what to focus. */
  isFocusDecided: boolean;
}

export const captureControllerBrand = new Brand<CaptureControllerSlots, CaptureController>(
  "CaptureController",
  "EventTarget",
);

/**
 * Stands for one capture of a display: given to `getDisplayMedia()`, it says what gets the focus.
 *
 * Deviates: no window is focused here, whatever is asked for; calls succeed and fail as specified.
 *
 * @see https://w3c.github.io/mediacapture-screen-share/#capturecontroller
 */
export class CaptureController extends EventTarget {
  constructor();
  constructor(...values: unknown[]) {
    constructorArguments(captureControllerInterface, values);
    super();
    initialise(this, nodeRealm);
  }

  /**
   * Says what gets the focus: before the capture begins, or at once after it began, then once.
   *
   * @throws DOMException `InvalidStateError` when it is too late, and for a monitor
   */
  setFocusBehavior(focusBehavior: CaptureStartFocusBehavior): void {
    setFocusBehavior(captureControllerBrand.slotsOf(this), focusBehavior);
  }
}

/** The IDL of {@link CaptureController}. */
export const captureControllerInterface = defineInterface({
  brand: captureControllerBrand,
  class: CaptureController,
  secureContext: true,
  construct: { arguments: [], initialise },
  operations: {
    setFocusBehavior: operation(
      required(
        enumeration("CaptureStartFocusBehavior", [
          "focus-capturing-application",
          "focus-captured-surface",
          "no-focus-change",
        ]),
      ),
    ),
  },
});

function initialise(object: object, realm: Realm): void {
  captureControllerBrand.attach(object, {
    realm,
    isBound: false,
    track: undefined,
    focusBehavior: undefined,
    isFocusDecided: false,
  });
}

/** @see https://w3c.github.io/mediacapture-screen-share/#dom-capturecontroller-setfocusbehavior */
function setFocusBehavior(
  slots: CaptureControllerSlots,
  focusBehavior: CaptureStartFocusBehavior,
): void {
  const { isFocusDecided, realm, track } = slots;
  const isLate = isFocusDecided || track?.readyState === "ended";
  const surface = track && mediaStreamTrackBrand.slotsOf(track).track.settings.displaySurface;
  if (isLate || surface === "monitor") {
    const why = isLate ? "it is too late to say what to focus" : "a monitor can't be focused";
    throw new realm.DOMException(
      `Failed to execute 'setFocusBehavior' on 'CaptureController': ${why}.`,
      "InvalidStateError",
    );
  }
  slots.focusBehavior = focusBehavior;
  if (track) slots.isFocusDecided = true;
}
