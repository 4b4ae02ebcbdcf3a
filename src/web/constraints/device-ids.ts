import type { Device } from "../../engine/contract.ts";
import type { PermissionBroker } from "../../permission/contract.ts";
import type { Realm } from "../realm/realm.ts";

/** The ids by which scripts know devices. */
export interface DeviceIds {
  deviceId(device: Device): string;
  groupId(device: Device): string;
}

/**
 * Ids that are hashes: the same in every run of one application and origin, unlike in any other,
 * and others after its permissions are reset. Group ids are new in every document.
 *
 * @see https://w3c.github.io/mediacapture-main/#generating-deviceids
 */
export function createDeviceIds(permission: PermissionBroker, realm: Realm): DeviceIds {
  const documentSalt = crypto.randomUUID();
  const { origin } = realm;
  return {
    deviceId: ({ description, key }) =>
      hash([permission.deviceIdSalt(), origin, description.kind, key]),
    groupId: ({ description }) => hash([documentSalt, origin, description.hardwareGroupId]),
  };
}

/** Node's crypto takes longer to load than all of this package: not before it is needed. */
function hash(parts: readonly string[]): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
