import { DeviceError } from "../../contract/device-error.ts";
import type { SettingsFamily } from "../../constraints/candidate.ts";
import type { Device, Track } from "../../engine/contract.ts";
import { createTrack } from "../track/create-track.ts";
import { domExceptionOf } from "../realm/dom-exception-of.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { PermittedSet } from "./request-permission.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";

interface OpenedTrack {
  readonly set: PermittedSet;
  readonly device: Device;
  readonly families: readonly SettingsFamily[];
  readonly track: Track;
}

/**
 * Opens one device of each set, all or none.
 * @throws DOMException of the realm
 */
export async function openTracks(
  slots: MediaDevicesSlots,
  sets: readonly PermittedSet[],
): Promise<MediaStreamTrack[]> {
  const { liveTracks, realm } = slots;
  const results = await Promise.allSettled(sets.map((set) => openBest(slots, set)));
  const opened = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failure = results.find((result) => result.status === "rejected");
  const revoked = opened.some(({ device, set }) => !set.consent.allows(device));
  if (failure || revoked) {
    for (const { track } of opened) track.stop();
    throw domExceptionOf(realm, failure ? failure.reason : revocation());
  }
  return opened.map(({ device, families, set, track }) =>
    createTrack(realm, track, {
      constraints: set.asked,
      families,
      grantKey: set.consent.grantKey(device),
      label: device.description.label,
      liveTracks,
    }),
  );
}

function revocation(): DeviceError {
  const message = "The permission was taken back while the device was being opened";
  return new DeviceError("not-allowed", message);
}

/**
 * Tries the nearest device, then the next: one may be in use elsewhere. Every device that a script
 * captures is opened here, so its consent is checked here.
 */
async function openBest(slots: MediaDevicesSlots, set: PermittedSet): Promise<OpenedTrack> {
  let failure: unknown = new DeviceError("failed", "No device is left");
  for (const { candidates, owner: device, settings } of set.devices) {
    if (settings === undefined) break;
    if (!set.consent.allows(device)) throw revocation();
    try {
      const track = await slots.sources.openTrack(device, settings);
      const families = candidates.map(({ family }) => family);
      return { set, device, families, track };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
