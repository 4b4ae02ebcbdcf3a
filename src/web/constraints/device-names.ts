import type {
  ConstrainDOMString,
  MediaTrackConstraints,
  MediaTrackConstraintSet,
} from "../../constraints/types.ts";
import type { Device } from "../../engine/contract.ts";
import type { DeviceIds } from "./device-ids.ts";

const LABEL_PREFIX = "label:";

/**
 * Constraints with the ids of devices in place of their names.
 *
 * Deviates: a `deviceId` constraint may also name a device by the key that `usermedia devices`
 * prints (`"v4l2:usb-0c45…"`), or several by a part of their labels (`"label:yeti"`, in any case).
 * A name that no device has stays as it is, and so is met by no device.
 */
export function withDeviceIds(
  constraints: MediaTrackConstraints,
  devices: readonly Device[],
  ids: DeviceIds,
): MediaTrackConstraints {
  const { advanced } = constraints;
  const idsNamed = (name: string): string[] => {
    const found = devices.filter((device) => isNamed(device, name));
    return found.length === 0 ? [name] : found.map((device) => ids.deviceId(device));
  };
  const translated: MediaTrackConstraints = translateSet(constraints, idsNamed);
  return advanced
    ? { ...translated, advanced: advanced.map((set) => translateSet(set, idsNamed)) }
    : translated;
}

function isNamed({ description, key }: Device, name: string): boolean {
  if (key === name) return true;
  if (!name.startsWith(LABEL_PREFIX)) return false;
  const part = name.slice(LABEL_PREFIX.length).trim().toLowerCase();
  return part !== "" && description.label.toLowerCase().includes(part);
}

type IdsNamed = (name: string) => string[];

function translateSet<Set extends MediaTrackConstraintSet>(set: Set, idsNamed: IdsNamed): Set {
  const { deviceId } = set;
  return deviceId === undefined ? set : { ...set, deviceId: translate(deviceId, idsNamed) };
}

function translate(constraint: ConstrainDOMString, idsNamed: IdsNamed): ConstrainDOMString {
  const listOf = (names: string | readonly string[]): string[] =>
    (typeof names === "string" ? [names] : names).flatMap(idsNamed);
  if (typeof constraint === "string" || Array.isArray(constraint)) return listOf(constraint);
  const { exact, ideal } = constraint;
  return {
    ...(exact !== undefined && { exact: listOf(exact) }),
    ...(ideal !== undefined && { ideal: listOf(ideal) }),
  };
}
