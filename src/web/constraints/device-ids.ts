import type { Device, OutputDevice } from "../../engine/contract.ts";
import type { PermissionBroker } from "../../permission/contract.ts";
import type { Realm } from "../realm/realm.ts";
import { randomId } from "../realm/window-gaps.ts";

/** The ids by which scripts know devices. */
export interface DeviceIds {
  deviceId(device: Device | OutputDevice): string;
  groupId(device: Device | OutputDevice): string;
  /** The same ids for a list of devices: what they depend on is read once. */
  readOnce?(): DeviceIds;
}

/**
 * Ids that are hashes: the same in every run of one application and origin, unlike in any other,
 * and others after its permissions are reset. Group ids are new in every document.
 *
 * @see https://w3c.github.io/mediacapture-main/#generating-deviceids
 */
export function createDeviceIds(permission: PermissionBroker, realm: Realm): DeviceIds {
  const documentSalt = randomId();
  const { origin } = realm;
  const hash = createHash();
  const idsWith = (salt: () => string): DeviceIds => ({
    deviceId: ({ description, key }) => hash([salt(), origin, description.kind, key]),
    groupId: ({ description }) => hash([documentSalt, origin, description.hardwareGroupId]),
    readOnce() {
      const known = salt();
      return idsWith(() => known);
    },
  });
  return idsWith(() => permission.deviceIdSalt());
}

/** Node's crypto takes longer to load than all of this package: not before it is needed. */
function createHash(): (parts: readonly string[]) => string {
  const known = new Map<string, string>();
  return (parts) => {
    const text = JSON.stringify(parts);
    let digest = known.get(text);
    if (digest === undefined) {
      const crypto = process.getBuiltinModule("node:crypto");
      digest = crypto.createHash("sha256").update(text).digest("hex");
      known.set(text, digest);
    }
    return digest;
  };
}
