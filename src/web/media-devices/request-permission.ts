import type { Device } from "../../engine/contract.ts";
import type { PermissionBroker, RequestedKind } from "../../permission/contract.ts";
import { permissionNames } from "../permissions/device-kinds.ts";
import type { CandidateSet } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/**
 * Asks for every kind at once, and keeps the devices that the user picked. A device that is live in
 * this document already needs no new permission; a display that is, without its sound, needs one for
 * the sound.
 *
 * @throws DOMException `NotAllowedError` of the realm
 * @see https://w3c.github.io/permissions/#dfn-request-permission-to-use
 */
export async function requestPermission(
  slots: MediaDevicesSlots,
  finalSet: readonly CandidateSet[],
  signal?: AbortSignal,
): Promise<readonly CandidateSet[]> {
  const { permission, realm } = slots;
  const undecided = finalSet.flatMap((set) => {
    const devices = set.devices.map(({ owner }) => owner);
    const [first] = devices;
    const isHeard = !set.withSound || slots.liveTracks.isKindLive("systemaudio");
    const isLive = first !== undefined && slots.liveTracks.isDeviceLive(first.key) && isHeard;
    // The tracks of a permission that was taken back end with the next task.
    return isLive && !isDenied(permission, first) ? [] : [requestFor(devices, set)];
  });
  if (undecided.length === 0) return finalSet;
  const decisions = await permission.request({ kinds: undecided, ...(signal && { signal }) });
  const denial = decisions.find(({ state }) => state === "denied");
  if (denial) {
    const message = denial.message ?? `The user denied the ${denial.name}`;
    throw new realm.DOMException(message, "NotAllowedError");
  }
  const picked = new Set(decisions.map(({ deviceKey }) => deviceKey));
  return finalSet.map((set) => {
    const devices = set.devices.filter(({ owner }) => picked.has(owner.key));
    return devices.length === 0 ? set : { ...set, devices };
  });
}

function isDenied(permission: PermissionBroker, { description, key }: Device): boolean {
  return permission.query(permissionNames[description.kind], key) === "denied";
}

function requestFor(
  devices: readonly Device[],
  { withSound = false }: CandidateSet,
): RequestedKind {
  const kind = devices[0]?.description.kind ?? "videoinput";
  return {
    name: permissionNames[kind],
    ...(withSound && { withSound: true }),
    devices: devices.map(({ description: { label, needsPermission }, key }) => ({
      key,
      label,
      ...(needsPermission === undefined ? {} : { needsPermission }),
    })),
  };
}
