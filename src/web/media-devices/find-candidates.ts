import type { DeviceKind } from "../../contract/device.ts";
import type { Candidate } from "../../constraints/candidate.ts";
import { capabilitiesOf } from "../../constraints/capabilities-of.ts";
import { constraintsForKind } from "../../constraints/constraints-for-kind.ts";
import { disallowedRequiredConstraint } from "../../constraints/disallowed-required-constraint.ts";
import { selectSettings } from "../../constraints/select-settings.ts";
import type { MediaTrackConstraints } from "../../constraints/types.ts";
import type { Device, MediaKind } from "../../engine/contract.ts";
import { candidatesOf } from "../constraints/candidates-of.ts";
import { canExposeCameras, canExposeDevices, canExposeMicrophones } from "./device-exposure.ts";
import { deviceNouns, inputKinds, permissionNames } from "../permissions/device-kinds.ts";
import { notFound } from "./not-found.ts";
import { explainCandidates } from "../constraints/explain-candidates.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import { nameFailure } from "../constraints/name-failure.ts";
import type { OverconstrainedError } from "../constraints/overconstrained-error.ts";
import { overconstrained } from "../constraints/overconstrained.ts";

/** One kind of a `getUserMedia()` call. */
export interface RequestedMedia {
  readonly kind: MediaKind;
  readonly constraints: MediaTrackConstraints;
}

/** The candidates that meet the constraints of one kind. */
export interface CandidateSet {
  readonly kind: MediaKind;
  /** What the script gave. */
  readonly asked: MediaTrackConstraints;
  /** Those of them that are defined for the kind. */
  readonly constraints: MediaTrackConstraints;
  readonly candidates: readonly Candidate<Device>[];
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
  const { ids, realm } = slots;
  const deviceKind = inputKinds[kind];
  const inputs = devices.filter(({ description }) => description.kind === deviceKind);
  if (inputs.length === 0) {
    throw unlessDenied(slots, requested, () => notFound(slots, devices, deviceKind));
  }
  const constraints = constraintsForKind(asked, kind);
  const disallowed = disallowedRequiredConstraint(constraints);
  if (disallowed !== undefined) {
    throw new realm.TypeError(
      `${disallowed} can't be required in getUserMedia(); use an ideal value, or applyConstraints()`,
    );
  }
  const satisfying = inputs
    .map((device) => candidatesOf(device, ids))
    .filter((candidates) => !("failedConstraint" in selectSettings(candidates, constraints)));
  if (satisfying.length === 0) {
    throw unlessDenied(slots, requested, () => noneSatisfies(slots, { constraints, inputs, kind }));
  }
  const candidates = satisfying.flat();
  const usable = candidates.filter(({ owner }) => isUsable(slots, owner));
  // With none left, the request for permission fails, and says why better than we could here.
  return { kind, asked, constraints, candidates: usable.length === 0 ? candidates : usable };
}

/** A device that is denied is usable all the same while this document has a live track of it. */
function isUsable({ liveTracks, permission }: MediaDevicesSlots, device: Device): boolean {
  const { kind, needsPermission } = device.description;
  if (needsPermission === false || liveTracks.isDeviceLive(device.key)) return true;
  return permission.query(permissionNames[kind], device.key) !== "denied";
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
    .find((kind) => slots.permission.query(permissionNames[kind]) === "denied");
  return deniedKind === undefined ? failure() : denied(slots, deniedKind);
}

function denied({ realm }: MediaDevicesSlots, kind: DeviceKind): DOMException {
  const name = permissionNames[kind];
  const message = `The ${name} is denied to this program; \`usermedia permission list\` shows why`;
  return new realm.DOMException(message, "NotAllowedError");
}

/**
 * Deviates: the constraint is named before device information may be exposed, too. Who asks is the
 * program that its user runs, and needs to know what to change.
 */
function noneSatisfies(
  slots: MediaDevicesSlots,
  { constraints, inputs, kind }: RequestedMedia & { inputs: readonly Device[] },
): OverconstrainedError {
  const candidates = inputs.flatMap((device) => candidatesOf(device, slots.ids));
  const selection = selectSettings(candidates, constraints);
  const failed = "failedConstraint" in selection ? selection.failedConstraint : "";
  const families = candidates.map(({ family }) => family);
  return overconstrained({
    realm: slots.realm,
    failedConstraint: nameFailure(candidates, constraints, failed),
    constraints,
    subject: `No ${deviceNouns[inputKinds[kind]]} meets`,
    ...(canExposeDevices(slots) ? { capabilities: capabilitiesOf(families) } : {}),
    ...(canExposeLabels(slots, kind)
      ? { explanations: explainCandidates(candidates, constraints) }
      : {}),
  });
}

function canExposeLabels(slots: MediaDevicesSlots, kind: MediaKind): boolean {
  return kind === "audio" ? canExposeMicrophones(slots) : canExposeCameras(slots);
}
