import { candidatesOf } from "./candidates-of.ts";
import type { MediaTrackConstraints } from "../constraints/types.ts";
import { constraintsForKind } from "../constraints/constraints-for-kind.ts";
import { selectSettings } from "../constraints/select-settings.ts";
import { createObject } from "../webidl/create-object.ts";
import { explainCandidates } from "./explain-candidates.ts";
import { describeInputs } from "./describe-inputs.ts";
import type { CandidateSet } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { DisplayMediaStreamOptions } from "./media-devices.ts";
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
  { signal, video = true }: DisplayMediaStreamOptions,
): Promise<MediaStream> {
  const { realm } = slots;
  if (!realm.hasTransientActivation()) {
    const message = "getDisplayMedia() must be called from a user gesture";
    throw new realm.DOMException(message, "InvalidStateError");
  }
  if (video === false) {
    throw new realm.TypeError("A display is captured with video; leave video out or ask for it");
  }
  const constraints = video === true ? {} : constraintsForKind(video, "video");
  const fault = faultIn(constraints);
  if (fault !== undefined) {
    throw new realm.TypeError(`${fault} can't select a display; its user does. Use max or ideal`);
  }
  if (!realm.isFullyActive()) {
    throw new realm.DOMException("The document is not fully active", "InvalidStateError");
  }
  if (!realm.isAllowedToUse("display-capture")) {
    const message = "The document's permissions policy does not allow display-capture";
    throw new realm.DOMException(message, "NotAllowedError");
  }
  return untilAborted(signal, obtainStream(slots, constraints, signal), stopTracks);
}

/** Constraints shape the picture but don't choose it: no `advanced`, `min` or `exact`. */
function faultIn({ advanced, ...basic }: MediaTrackConstraints): string | undefined {
  if (advanced) return "advanced";
  for (const [name, constraint] of Object.entries(basic)) {
    if (typeof constraint !== "object" || Array.isArray(constraint)) continue;
    const fault = ["min", "exact"].find((member) => member in constraint);
    if (fault) return `${name}.${fault}`;
  }
  return undefined;
}

async function obtainStream(
  slots: MediaDevicesSlots,
  constraints: MediaTrackConstraints,
  signal: AbortSignal | undefined,
): Promise<MediaStream> {
  const { catalogue, realm } = slots;
  const devices = await catalogue.list();
  const displays = devices.filter(({ description }) => description.kind === "display");
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
