import type { Device } from "../../engine/contract.ts";
import type { PermissionBroker, PermissionState } from "../../permission/contract.ts";
import { permissionOf } from "./device-kinds.ts";

/** What the broker says of devices of one kind, by their keys; the store is read once for all. */
export function deviceStates(
  permission: PermissionBroker,
  devices: readonly Device[],
): ReadonlyMap<string, PermissionState> {
  const [first] = devices;
  if (first === undefined) return new Map();
  const name = permissionOf[first.description.kind];
  const keys = devices.map(({ key }) => key);
  const states =
    permission.queryDevices?.(name, keys) ?? keys.map((key) => permission.query(name, key));
  return new Map(keys.map((key, index) => [key, states[index] ?? "prompt"]));
}
