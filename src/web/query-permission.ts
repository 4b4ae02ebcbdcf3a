import { createObject } from "../webidl/create-object.ts";
import { dictionary } from "../webidl/dictionary.ts";
import { boolean } from "../webidl/primitives.ts";
import { enumeration } from "../webidl/types.ts";
import { permissionStatusBrand } from "./permission-status.ts";
import type { PermissionStatus } from "./permission-status.ts";
import type { PermissionDescriptor, PermissionsSlots } from "./permissions.ts";

const permissionDescriptor = dictionary<PermissionDescriptor>("PermissionDescriptor", {
  name: {
    type: enumeration("PermissionName", ["camera", "microphone", "display-capture"]),
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
export async function queryPermission(
  { permission, realm }: PermissionsSlots,
  value: unknown,
): Promise<PermissionStatus> {
  const description = "Failed to execute 'query' on 'Permissions': parameter 1";
  const { name } = permissionDescriptor(value, { realm, description });
  if (name === "camera") cameraDescriptor(value, { realm, description });
  if (!realm.isFullyActive()) {
    throw new realm.DOMException("The document is not fully active", "InvalidStateError");
  }
  const current = () => (realm.isAllowedToUse(name) ? permission.query(name) : "denied");
  const slots = { name, state: current() };
  const status = createObject(realm, permissionStatusBrand, slots);
  permission.watch(() => {
    realm.queueTask(() => {
      const state = current();
      if (state === slots.state) return;
      slots.state = state;
      realm.fireEvent(status, new realm.Event("change"));
    });
  });
  return status;
}
