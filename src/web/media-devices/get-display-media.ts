import type { MediaTrackConstraints } from "../../constraints/types.ts";
import { capabilitiesOf } from "../../constraints/capabilities-of.ts";
import { constraintsForKind } from "../../constraints/allowed-constraints.ts";
import { selectSettings } from "../../constraints/select-settings.ts";
import { createObject } from "../../webidl/create-object.ts";
import { explainCandidates } from "../constraints/explain-candidates.ts";
import type { Device } from "../../engine/contract.ts";
import { notFound } from "./not-found.ts";
import { rankDevices } from "./find-candidates.ts";
import type { CandidateSet } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { DisplayMediaStreamOptions } from "./display-media-options.ts";
import { captureControllerBrand } from "./capture-controller.ts";
import type { CaptureControllerSlots } from "./capture-controller.ts";
import { chooseByDesktop } from "./choose-by-desktop.ts";
import { displayFault } from "./display-choice.ts";
import { mediaStreamBrand } from "../stream/media-stream-slots.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import { observeCall } from "../realm/observe-call.ts";
import { openTracks } from "./open-tracks.ts";
import { overconstrained } from "../constraints/overconstrained.ts";
import type { Consent } from "./consent.ts";
import { requestPermission } from "./request-permission.ts";
import type { PermittedSet } from "./request-permission.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";
import { stopTracks, untilAborted } from "./until-aborted.ts";
import { randomId } from "../realm/window-gaps.ts";

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
  const { controller, signal, video } = options;
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
  const request = requestOf(options);
  const fault = displayFault(request.video, options) ?? displayFault(request.audio ?? {}, options);
  if (fault !== undefined) throw new realm.TypeError(fault);
  if (!realm.isAllowedToUse("display-capture")) {
    const message = "The document's permissions policy does not allow display-capture";
    throw new realm.DOMException(message, "NotAllowedError");
  }
  const stream = obtainStream(slots, request, options);
  return untilAborted(signal, capture ? controlled(capture, stream) : stream, stopTracks);
}

function requestOf({
  audio = false,
  systemAudio,
  video = true,
}: DisplayMediaStreamOptions): DisplayRequest {
  const isHeard = audio !== false && systemAudio !== "exclude";
  return {
    video: typeof video === "object" ? constraintsForKind(video, "video") : {},
    audio: isHeard ? constraintsForKind(audio === true ? {} : audio, "audio") : undefined,
  };
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

/** What is asked of the picture, and of the sound where it is wanted. */
interface DisplayRequest {
  readonly video: MediaTrackConstraints;
  readonly audio: MediaTrackConstraints | undefined;
}

async function obtainStream(
  slots: MediaDevicesSlots,
  { audio, video }: DisplayRequest,
  { monitorTypeSurfaces, signal }: DisplayMediaStreamOptions,
): Promise<MediaStream> {
  const { catalogue, realm } = slots;
  const devices = await catalogue.list();
  const displays = devices.filter(
    ({ description }) =>
      description.kind === "display" &&
      (monitorTypeSurfaces !== "exclude" ||
        description.displaySurface !== "monitor" ||
        description.isChosenByDesktop === true),
  );
  if (displays.length === 0) throw notFound(slots, devices, "display");
  const sound = audio && displaySound(slots, devices, audio);
  const set = rankDevices(slots, displays, {
    kind: "video",
    asked: video,
    constraints: video,
    withSound: sound !== undefined,
  });
  const surfaces = monitorTypeSurfaces === "exclude" ? (["window"] as const) : undefined;
  const tracks: MediaStreamTrack[] = [];
  for (const permitted of await requestPermission(slots, [set], signal)) {
    const { discard, set: chosen } = await chooseByDesktop(slots, permitted, { signal, surfaces });
    try {
      tracks.push(...(await openDisplay(slots, chosen, sound)));
    } catch (error) {
      await discard();
      throw error;
    }
  }
  return createObject(realm, mediaStreamBrand, {
    realm,
    id: randomId(),
    tracks: new Set(tracks),
  });
}

/** Opens the nearest display of a set, with its sound where that is wanted. */
async function openDisplay(
  slots: MediaDevicesSlots,
  chosen: PermittedSet,
  sound: CandidateSet | undefined,
): Promise<MediaStreamTrack[]> {
  const heard = soundOf(selectDevice(slots, chosen, "No display meets"), chosen.consent, sound);
  for (const each of heard) selectDevice(slots, each, "No sound output meets");
  return await openTracks(slots, [...heard, chosen]);
}

/**
 * What the machine plays, where something can tell: sound is a wish by the specification. It belongs
 * to a monitor as a whole; a window's own can't be told apart here.
 */
function displaySound(
  slots: MediaDevicesSlots,
  devices: readonly Device[],
  constraints: MediaTrackConstraints,
): CandidateSet | undefined {
  const outputs = devices.filter(({ description }) => description.kind === "systemaudio");
  if (outputs.length === 0) return undefined;
  return rankDevices(slots, outputs, { kind: "audio", asked: constraints, constraints });
}

/** The sound of a monitor as a whole, which was allowed with it. */
function soundOf(
  surface: Device,
  consent: Consent,
  sound: CandidateSet | undefined,
): readonly PermittedSet[] {
  const { description } = surface;
  if (description.kind !== "display" || description.displaySurface !== "monitor") return [];
  const outputs = sound?.devices.map(({ owner }) => owner) ?? [];
  return sound === undefined ? [] : [{ ...sound, consent: consent.toPartsOf(surface, outputs) }];
}

/**
 * The device that a set is opened on, unless it fails to.
 * @throws OverconstrainedError of the realm
 */
function selectDevice(
  { realm }: MediaDevicesSlots,
  { constraints, devices }: CandidateSet,
  subject: string,
): Device {
  const [nearest] = devices;
  if (nearest?.settings !== undefined) return nearest.owner;
  const candidates = devices.flatMap((device) => device.candidates);
  const selection = selectSettings(candidates, constraints);
  const failedConstraint = "failedConstraint" in selection ? selection.failedConstraint : "";
  const explanations = explainCandidates(candidates, constraints);
  const capabilities = capabilitiesOf(candidates.map(({ family }) => family));
  throw overconstrained({
    realm,
    failedConstraint,
    constraints,
    subject,
    capabilities,
    explanations,
  });
}
