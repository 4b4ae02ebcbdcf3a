import { DeviceError } from "../../contract/device-error.ts";
import type { SettingsFamily } from "../../constraints/candidate.ts";
import type { Device, Track } from "../../engine/contract.ts";
import { permissionNames } from "../permissions/device-kinds.ts";
import { createTrack } from "../track/create-track.ts";
import { domExceptionOf } from "../realm/dom-exception-of.ts";
import type { CandidateSet } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";

interface OpenedTrack {
  readonly set: CandidateSet;
  readonly device: Device;
  readonly families: readonly SettingsFamily[];
  readonly track: Track;
  /** Whether the device was allowed when its opening began. */
  readonly wasGranted: boolean;
}

/**
 * Opens one device of each set, all or none.
 * @throws DOMException of the realm
 */
export async function openTracks(
  slots: MediaDevicesSlots,
  sets: readonly CandidateSet[],
): Promise<MediaStreamTrack[]> {
  const { liveTracks, realm } = slots;
  const results = await Promise.allSettled(sets.map((set) => openBest(slots, set)));
  const opened = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const failure = results.find((result) => result.status === "rejected");
  const revoked = opened.find(({ device, wasGranted }) => wasGranted && !isGranted(slots, device));
  if (failure || revoked) {
    for (const { track } of opened) track.stop();
    throw domExceptionOf(realm, failure ? failure.reason : revocation());
  }
  return opened.map(({ device, families, set, track }) =>
    createTrack(realm, track, {
      constraints: set.asked,
      families,
      label: device.description.label,
      liveTracks,
    }),
  );
}

function isGranted({ permission }: MediaDevicesSlots, { description, key }: Device): boolean {
  return permission.query(permissionNames[description.kind], key) === "granted";
}

function revocation(): DeviceError {
  const message = "The permission was taken back while the device was being opened";
  return new DeviceError("not-allowed", message);
}

/** Tries the nearest device, then the next: one may be in use elsewhere. */
async function openBest(slots: MediaDevicesSlots, set: CandidateSet): Promise<OpenedTrack> {
  let failure: unknown = new DeviceError("failed", "No device is left");
  for (const { candidates, owner: device, settings } of set.devices) {
    if (settings === undefined) break;
    const wasGranted = isGranted(slots, device);
    try {
      const track = await slots.sources.openTrack(device, settings);
      const families = candidates.map(({ family }) => family);
      return { set, device, families, track, wasGranted };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
