import type { PermissionState } from "../../permission/contract.ts";
import { createObject } from "../../webidl/create-object.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { boolean } from "../../webidl/primitives.ts";
import { enumeration } from "../../webidl/types.ts";
import { whenListenedTo } from "../../webidl/when-listened-to.ts";
import { isPermissionName, permissionNames } from "../../permission/permission-names.ts";
import { otherPermissions } from "./permission-names.ts";
import { permissionStatusBrand } from "./permission-status.ts";
import type { PermissionStatus } from "./permission-status.ts";
import type { PermissionDescriptor, PermissionsSlots } from "./permissions.ts";

const permissionDescriptor = dictionary<PermissionDescriptor>("PermissionDescriptor", {
  name: {
    type: enumeration("PermissionName", [...permissionNames, ...otherPermissions]),
    required: true,
  },
});

const cameraDescriptor = dictionary<
  PermissionDescriptor & { panTiltZoom: boolean },
  PermissionDescriptor
>(
  "CameraDevicePermissionDescriptor",
  { panTiltZoom: { type: boolean, defaultValue: () => false } },
  permissionDescriptor,
);

/** @see https://w3c.github.io/permissions/#query-method */
export function queryPermission(
  { permission, realm, watches }: PermissionsSlots,
  value: unknown,
): Promise<PermissionStatus> {
  if (!realm.isFullyActive()) {
    throw new realm.DOMException("The document is not fully active", "InvalidStateError");
  }
  const description = "Failed to execute 'query' on 'Permissions': parameter 1";
  const { name } = permissionDescriptor(value, { realm, description });
  // The value is converted again, to the type that its name has: what reads it sees two reads.
  const typed = name === "camera" ? cameraDescriptor : permissionDescriptor;
  typed(value, { realm, description });
  const current = (): PermissionState => {
    if (!realm.isAllowedToUse(name)) return "denied";
    if (isPermissionName(name)) return permission.query(name);
    return permission.queryOther?.(name) ?? "denied";
  };
  const status = createObject(realm, permissionStatusBrand, { name, current });
  whenListenedTo(status, ["change"], () => {
    let last = current();
    const stop = permission.watch(() =>
      realm.queueTask(() => {
        if (!realm.isFullyActive() || current() === last) return;
        last = current();
        realm.fireEvent(status, new realm.Event("change"));
      }),
    );
    watches.add(stop);
    return () => {
      watches.delete(stop);
      stop();
    };
  });
  return Promise.resolve(status);
}
