import { candidatesOf } from "./candidates-of.ts";
import type { MediaTrackConstraints } from "../constraints/types.ts";
import { constraintsForKind } from "../constraints/constraints-for-kind.ts";
import { selectSettings } from "../constraints/select-settings.ts";
import { createObject } from "../webidl/create-object.ts";
import { explainCandidates } from "./explain-candidates.ts";
import { describeInputs } from "./describe-inputs.ts";
import type { CandidateSet } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { DisplayMediaStreamOptions } from "./display-media-options.ts";
import { captureControllerBrand } from "./capture-controller.ts";
import type { CaptureControllerSlots } from "./capture-controller.ts";
import { displayFault } from "./display-choice.ts";
import { mediaStreamBrand } from "./media-stream-slots.ts";
import type { MediaStream } from "./media-stream.ts";
import { observeCall } from "./observe-call.ts";
import { openTracks } from "./open-tracks.ts";
import { overconstrained } from "./overconstrained.ts";
import { requestPermission } from "./request-permission.ts";
import { stopTracks } from "./stop-tracks.ts";
import { untilAborted } from "./until-aborted.ts";

/** @see https://w3c.github.io/mediacapture-screen-share/#dom-mediadevices-getdisplaymedia */
export function getDisplayMedia(
  slots: MediaDevicesSlots,
  options: DisplayMediaStreamOptions,
): Promise<MediaStream> {
  const call = { method: "getDisplayMedia", constraints: options } as const;
  return observeCall(slots.realm, call, () => requestDisplay(slots, options));
}

/** The steps before the promise: what fails here fails at once. */
function requestDisplay(
  slots: MediaDevicesSlots,
  options: DisplayMediaStreamOptions,
): Promise<MediaStream> {
  const { realm } = slots;
  const { controller, signal, video = true } = options;
  const invalidState = (message: string) => new realm.DOMException(message, "InvalidStateError");
  if (!realm.isFullyActive()) throw invalidState("The document is not fully active");
  if (!realm.hasTransientActivation()) {
    throw invalidState("getDisplayMedia() must be called from a user gesture");
  }
  const capture = controller && captureControllerBrand.slotsOf(controller);
  if (capture?.isBound) throw invalidState("Each call needs a CaptureController of its own");
  if (capture) capture.isBound = true;
  if (video === false) {
    throw new realm.TypeError("A display is captured with video; leave video out or ask for it");
  }
  const constraints = video === true ? {} : constraintsForKind(video, "video");
  const fault = displayFault(constraints, options);
  if (fault !== undefined) throw new realm.TypeError(fault);
  if (!realm.isAllowedToUse("display-capture")) {
    const message = "The document's permissions policy does not allow display-capture";
    throw new realm.DOMException(message, "NotAllowedError");
  }
  const stream = obtainStream(slots, constraints, options);
  return untilAborted(signal, capture ? controlled(capture, stream) : stream, stopTracks);
}

/** The window in which a script may say what to focus ends with the task in which it has the stream. */
async function controlled(
  capture: CaptureControllerSlots,
  result: Promise<MediaStream>,
): Promise<MediaStream> {
  try {
    const stream = await result;
    capture.track = stream.getVideoTracks()[0];
    if (capture.focusBehavior !== undefined) capture.isFocusDecided = true;
    capture.realm.queueTask(() => (capture.isFocusDecided = true));
    return stream;
  } catch (error) {
    capture.isFocusDecided = true;
    throw error;
  }
}

async function obtainStream(
  slots: MediaDevicesSlots,
  constraints: MediaTrackConstraints,
  { monitorTypeSurfaces, signal }: DisplayMediaStreamOptions,
): Promise<MediaStream> {
  const { catalogue, realm } = slots;
  const devices = await catalogue.list();
  const displays = devices.filter(
    ({ description }) =>
      description.kind === "display" &&
      (monitorTypeSurfaces !== "exclude" || description.displaySurface !== "monitor"),
  );
  if (displays.length === 0) {
    const message = `No display found. ${describeInputs(slots, devices)}`;
    throw new realm.DOMException(message, "NotFoundError");
  }
  const set: CandidateSet = {
    kind: "video",
    asked: constraints,
    constraints,
    candidates: displays.flatMap((device) => candidatesOf(device, slots.ids)),
  };
  const permitted = await requestPermission(slots, [set], signal);
  const [chosen = set] = permitted;
  const selection = selectSettings(chosen.candidates, constraints);
  if ("failedConstraint" in selection) {
    const { failedConstraint } = selection;
    throw overconstrained({
      realm,
      failedConstraint,
      constraints,
      subject: "No display meets",
      explanations: explainCandidates(chosen.candidates, constraints),
    });
  }
  // Deviates: sound that the machine plays is not captured yet; `audio` is a wish by the spec.
  const tracks = await openTracks(slots, [chosen]);
  return createObject(realm, mediaStreamBrand, {
    realm,
    id: crypto.randomUUID(),
    tracks: new Set(tracks),
  });
}
