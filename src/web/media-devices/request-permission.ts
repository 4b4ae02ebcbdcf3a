import type { DeviceDescription } from "../../contract/device.ts";
import type { Device } from "../../engine/contract.ts";
import type { RequestedKind } from "../../permission/contract.ts";
import { Consent } from "./consent.ts";
import { permissionOf } from "../permissions/device-kinds.ts";
import type { CandidateSet } from "./find-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/** What the constraints and the user leave of one kind. */
export interface PermittedSet extends CandidateSet {
  /** What may be opened: the devices of the set, and no other. */
  readonly consent: Consent;
}

/**
 * Asks for every kind at once, and keeps the devices that the user allowed. A device that is live in
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
): Promise<readonly PermittedSet[]> {
  const needs = finalSet.map((set) => ({ set, request: requestFor(slots, set) }));
  const kinds = needs.flatMap(({ request }) => request ?? []);
  const decisions =
    kinds.length === 0 ? [] : await slots.permission.request({ kinds, ...(signal && { signal }) });
  const denial = decisions.find(({ state }) => state === "denied");
  if (denial) throw notAllowed(slots, denial.message ?? `The user denied the ${denial.name}`);
  return needs.map(({ request, set }) => {
    const decision = decisions.find(({ name }) => name === request?.name);
    const isAllowed = (device: Device): boolean =>
      request === undefined
        ? isAllowedAlready(slots, device)
        : decision !== undefined && (decision.deviceKey ?? device.key) === device.key;
    return permitted(slots, set, isAllowed);
  });
}

/** @throws DOMException `NotAllowedError` of the realm where nothing is left */
function permitted(
  slots: MediaDevicesSlots,
  set: CandidateSet,
  isAllowed: (device: Device) => boolean,
): PermittedSet {
  const devices = set.devices.filter(({ owner }) => isAllowed(owner));
  if (devices.length === 0) {
    throw notAllowed(slots, "The user allowed another device, which this call can't use");
  }
  const owners = devices.map(({ owner }) => owner);
  return { ...set, devices, consent: Consent.to(owners, slots.permission) };
}

/** What a call that asks nobody may open: what is captured already, or needs no asking. */
function isAllowedAlready(
  { liveTracks, permission }: MediaDevicesSlots,
  { description, key }: Device,
): boolean {
  if (liveTracks.isDeviceLive(key) || description.needsPermission === false) return true;
  return permission.query(permissionOf[description.kind], key) === "granted";
}

function notAllowed({ realm }: MediaDevicesSlots, message: string): DOMException {
  return new realm.DOMException(message, "NotAllowedError");
}

/** Whether the desktop's own dialog asks what of it is to be shared. */
export function isChosenByDesktop(description: DeviceDescription): boolean {
  return description.kind === "display" && description.isChosenByDesktop === true;
}

/** What is to be asked; nothing where the nearest device is live already. */
function requestFor(
  { liveTracks }: MediaDevicesSlots,
  { devices: ranked, withSound = false }: CandidateSet,
): RequestedKind | undefined {
  const devices = ranked.map(({ owner }) => owner);
  const [first] = devices;
  const isHeard = !withSound || liveTracks.isKindLive("systemaudio");
  if (first !== undefined && liveTracks.isDeviceLive(first.key) && isHeard) return undefined;
  const kind = first?.description.kind ?? "videoinput";
  return {
    name: permissionOf[kind],
    ...(withSound && { withSound: true }),
    devices: devices.map(({ description, key }) => ({
      key,
      label: description.label,
      ...(description.needsPermission === undefined
        ? {}
        : { needsPermission: description.needsPermission }),
      ...(isChosenByDesktop(description) && { isChosenByDesktop: true }),
    })),
  };
}
