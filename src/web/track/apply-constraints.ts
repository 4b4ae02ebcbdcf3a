import type { SettingsFamily } from "../../constraints/candidate.ts";
import { constraintsForKind } from "../../constraints/allowed-constraints.ts";
import { explainSelection } from "../../constraints/explain-selection.ts";
import { formatExplanation } from "../../constraints/format-explanation.ts";
import { selectSettings } from "../../constraints/select-settings.ts";
import type { MediaTrackConstraints } from "../../constraints/types.ts";
import { domExceptionOf } from "../realm/dom-exception-of.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import { withDeviceIds } from "../constraints/device-names.ts";
import { nameFailure, overconstrained } from "../constraints/overconstrained.ts";
import { observeCall } from "../realm/observe-call.ts";

/**
 * Runs in the order of the calls; an ended track ignores it.
 * @see https://w3c.github.io/mediacapture-main/#dom-mediastreamtrack-applyconstraints
 */
export function applyConstraints(
  slots: MediaStreamTrackSlots,
  constraints: MediaTrackConstraints,
): Promise<void> {
  const call = { method: "applyConstraints", constraints, track: slots.track } as const;
  return observeCall(slots.realm, call, () => {
    const applied = slots.applying.then(() => applyNow(slots, constraints));
    slots.applying = applied.catch(() => undefined);
    return applied;
  });
}

async function applyNow(
  slots: MediaStreamTrackSlots,
  constraints: MediaTrackConstraints,
): Promise<void> {
  if (slots.readyState === "ended") return;
  const { realm, track } = slots;
  const candidates = familiesOf(slots).map((family) => ({ owner: track, family }));
  const effective = namedConstraints(slots, constraintsForKind(constraints, track.kind));
  const tooLong = overlongConstraint(effective);
  const selection =
    tooLong === undefined ? selectSettings(candidates, effective) : { failedConstraint: tooLong };
  if ("failedConstraint" in selection) {
    throw overconstrained({
      realm,
      failedConstraint: tooLong ?? nameFailure(candidates, effective, selection.failedConstraint),
      constraints,
      subject: `The track "${slots.label}" can't meet`,
      capabilities: slots.capabilities,
      explanations: explainSelection(candidates, effective).map((explanation) => ({
        text: formatExplanation([explanation], () => slots.label),
      })),
    });
  }
  try {
    await track.applySettings(selection.settings);
  } catch (error) {
    throw domExceptionOf(realm, error);
  }
  slots.constraints = constraints;
}

/** With the track's device by its id where it is named otherwise. */
function namedConstraints(
  { families, track }: MediaStreamTrackSlots,
  constraints: MediaTrackConstraints,
): MediaTrackConstraints {
  const { device } = track.source;
  if (device === undefined) return constraints;
  const idOf = (name: "deviceId" | "groupId") => String(families[0]?.values[name]?.[0] ?? "");
  const ids = { deviceId: () => idOf("deviceId"), groupId: () => idOf("groupId") };
  return withDeviceIds(constraints, [device], ids);
}

/** What is no device (a canvas, a generator) has one dictionary: what it gives now. */
function familiesOf({ families, track }: MediaStreamTrackSlots): readonly SettingsFamily[] {
  return families.length > 0 ? families : [{ numbers: {}, values: {}, defaults: track.settings }];
}

/** No device has an id or a mode of this many characters. */
const LONGEST_STRING = 500;

/**
 * The constraint with a string that is too long to be meant, an ideal one too, as browsers say: what
 * is kept with a track, and told in messages, stays small.
 */
function overlongConstraint(constraints: MediaTrackConstraints): string | undefined {
  return Object.entries(constraints).find(([, constraint]) => hasLongString(constraint))?.[0];
}

function hasLongString(value: unknown): boolean {
  if (typeof value === "string") return value.length > LONGEST_STRING;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasLongString);
}
