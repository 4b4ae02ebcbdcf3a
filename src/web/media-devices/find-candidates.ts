import type { DeviceKind } from "../../contract/device.ts";
import { capabilitiesOf } from "../../constraints/capabilities-of.ts";
import {
  constraintsForKind,
  disallowedRequiredConstraint,
} from "../../constraints/allowed-constraints.ts";
import { rankOwners } from "../../constraints/rank-owners.ts";
import type { RankedOwner } from "../../constraints/rank-owners.ts";
import { selectSettings } from "../../constraints/select-settings.ts";
import type { MediaTrackConstraints } from "../../constraints/types.ts";
import type { Device, MediaKind } from "../../engine/contract.ts";
import { candidatesOf } from "../constraints/candidates-of.ts";
import { withDeviceIds } from "../constraints/device-names.ts";
import { canExposeCameras, canExposeMicrophones } from "./device-exposure.ts";
import { deviceNouns, inputKinds, permissionOf } from "../permissions/device-kinds.ts";
import { deviceStates } from "../permissions/device-states.ts";
import { notFound } from "./not-found.ts";
import { explainCandidates } from "../constraints/explain-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import { nameFailure, overconstrained } from "../constraints/overconstrained.ts";
import type { OverconstrainedError } from "../constraints/overconstrained-error.ts";

/** One kind of a `getUserMedia()` call. */
export interface RequestedMedia {
  readonly kind: MediaKind;
  readonly constraints: MediaTrackConstraints;
}

/** The devices that may serve one kind of a call. */
export interface CandidateSet {
  readonly kind: MediaKind;
  /** What the script gave. */
  readonly asked: MediaTrackConstraints;
  /** Those of them that are defined for the kind, with the ids of devices that were named. */
  readonly constraints: MediaTrackConstraints;
  /** The nearest first; ranked once for a call. */
  readonly devices: readonly RankedOwner<Device>[];
  /** A display's: its sound is asked for, too. */
  readonly withSound?: boolean;
}

/**
 * Steps 6.1 to 6.9 of getUserMedia, for one kind.
 * @throws TypeError, DOMException or OverconstrainedError of the realm
 * @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
 */
export function findCandidates(
  slots: MediaDevicesSlots,
  devices: readonly Device[],
  { constraints: asked, kind }: RequestedMedia,
  requested: readonly RequestedMedia[],
): CandidateSet {
  const deviceKind = inputKinds[kind];
  const inputs = devices.filter(({ description }) => description.kind === deviceKind);
  if (inputs.length === 0) {
    throw unlessDenied(slots, requested, () => notFound(slots, devices, deviceKind));
  }
  const defined = constraintsForKind(asked, kind);
  const disallowed = disallowedRequiredConstraint(defined);
  if (disallowed !== undefined) {
    throw new slots.realm.TypeError(
      `${disallowed} can't be required in getUserMedia(); use an ideal value, or applyConstraints()`,
    );
  }
  const set = rankDevices(slots, inputs, { kind, asked, constraints: defined });
  const satisfying = set.devices.filter(({ settings }) => settings !== undefined);
  if (satisfying.length === 0) {
    throw unlessDenied(slots, requested, () => noneSatisfies(slots, set));
  }
  const usable = withoutDenied(slots, satisfying);
  // With none left, the request for permission fails, and says why better than we could here.
  return { ...set, devices: usable.length === 0 ? satisfying : usable };
}

/** The devices of one kind, nearest to the constraints first; those that don't meet them last. */
export function rankDevices(
  { ids }: MediaDevicesSlots,
  devices: readonly Device[],
  set: Omit<CandidateSet, "devices">,
): CandidateSet {
  const known = ids.readOnce?.() ?? ids;
  const constraints = withDeviceIds(set.constraints, devices, known);
  const candidates = devices.flatMap((device) => candidatesOf(device, known));
  return { ...set, constraints, devices: rankOwners(candidates, constraints) };
}

/** A device that is denied is usable all the same while this document has a live track of it. */
function withoutDenied(
  { liveTracks, permission }: MediaDevicesSlots,
  devices: CandidateSet["devices"],
): CandidateSet["devices"] {
  const owners = devices.map(({ owner }) => owner);
  const states = deviceStates(permission, owners);
  return devices.filter(
    ({ owner }) =>
      owner.description.needsPermission === false ||
      liveTracks.isDeviceLive(owner.key) ||
      states.get(owner.key) !== "denied",
  );
}

/**
 * A kind that is denied must not be told from one that is missing.
 * @see https://w3c.github.io/mediacapture-main/#dfn-getusermedia-specific-failure-is-allowed
 */
function unlessDenied(
  slots: MediaDevicesSlots,
  requested: readonly RequestedMedia[],
  failure: () => Error,
): Error {
  const deniedKind = requested
    .map(({ kind }) => inputKinds[kind])
    .find((kind) => slots.permission.query(permissionOf[kind]) === "denied");
  return deniedKind === undefined ? failure() : denied(slots, deniedKind);
}

function denied({ permission, realm }: MediaDevicesSlots, kind: DeviceKind): DOMException {
  const name = permissionOf[kind];
  const message = permission.whyDenied?.(name) ?? `The ${name} is denied to this program`;
  return new realm.DOMException(message, "NotAllowedError");
}

/**
 * Deviates: the error names the constraint, and what is possible, also before device information
 * may be exposed. The user runs this program, and its author needs to know what to change.
 */
function noneSatisfies(
  slots: MediaDevicesSlots,
  { constraints, devices, kind }: CandidateSet,
): OverconstrainedError {
  const candidates = devices.flatMap((device) => device.candidates);
  const selection = selectSettings(candidates, constraints);
  const failed = "failedConstraint" in selection ? selection.failedConstraint : "";
  const families = candidates.map(({ family }) => family);
  return overconstrained({
    realm: slots.realm,
    failedConstraint: nameFailure(candidates, constraints, failed),
    constraints,
    subject: `No ${deviceNouns[inputKinds[kind]]} meets`,
    capabilities: capabilitiesOf(families),
    ...(canExposeLabels(slots, kind)
      ? { explanations: explainCandidates(candidates, constraints) }
      : {}),
  });
}

function canExposeLabels(slots: MediaDevicesSlots, kind: MediaKind): boolean {
  return kind === "audio" ? canExposeMicrophones(slots) : canExposeCameras(slots);
}
