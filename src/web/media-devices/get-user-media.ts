import type { MediaKind } from "../../engine/contract.ts";
import { createObject } from "../../webidl/create-object.ts";
import { exposeDeviceInformation } from "./device-exposure.ts";
import { findCandidates } from "./find-candidates.ts";
import type { RequestedMedia } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { MediaStreamConstraints } from "./media-devices.ts";
import { mediaStreamBrand } from "../stream/media-stream-slots.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import { observeCall } from "../realm/observe-call.ts";
import { openTracks } from "./open-tracks.ts";
import { requestPermission } from "./request-permission.ts";
import { stopTracks, untilAborted } from "./until-aborted.ts";
import { randomId } from "../realm/window-gaps.ts";

/** @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
export function getUserMedia(
  slots: MediaDevicesSlots,
  constraints: MediaStreamConstraints,
): Promise<MediaStream> {
  const call = { method: "getUserMedia", constraints } as const;
  return observeCall(slots.realm, call, () => requestStream(slots, constraints));
}

/** The steps before the promise: what fails here fails at once. */
function requestStream(
  slots: MediaDevicesSlots,
  constraints: MediaStreamConstraints,
): Promise<MediaStream> {
  const { realm } = slots;
  const requested = requestedMedia(constraints);
  if (requested.length === 0) {
    throw new realm.TypeError("Ask for audio, video or both: { audio: true, video: true }");
  }
  if (!realm.isFullyActive()) {
    throw new realm.DOMException("The document is not fully active", "InvalidStateError");
  }
  for (const { kind } of requested) {
    const feature = kind === "audio" ? "microphone" : "camera";
    if (realm.isAllowedToUse(feature)) continue;
    const message = `The document's permissions policy does not allow the ${feature}`;
    throw new realm.DOMException(message, "NotAllowedError");
  }
  const { signal } = constraints;
  return untilAborted(signal, obtainStream(slots, requested, signal), stopTracks);
}

function requestedMedia(constraints: MediaStreamConstraints): RequestedMedia[] {
  const kinds: readonly MediaKind[] = ["audio", "video"];
  return kinds.flatMap((kind) => {
    const given = constraints[kind] ?? false;
    return given === false ? [] : [{ kind, constraints: given === true ? {} : given }];
  });
}

async function obtainStream(
  slots: MediaDevicesSlots,
  requested: readonly RequestedMedia[],
  signal: AbortSignal | undefined,
): Promise<MediaStream> {
  const { catalogue, realm } = slots;
  await realm.whenInView();
  const devices = await catalogue.list();
  const finalSet = requested.map((media) => findCandidates(slots, devices, media, requested));
  const permitted = await requestPermission(slots, finalSet, signal);
  await realm.whenFocused();
  exposeDeviceInformation(
    slots,
    requested.map(({ kind }) => kind),
  );
  const tracks = await openTracks(slots, permitted);
  return createObject(realm, mediaStreamBrand, {
    realm,
    id: randomId(),
    tracks: new Set(tracks),
  });
}
