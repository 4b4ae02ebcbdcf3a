import type { PermissionBroker } from "../../permission/contract.ts";
import { required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import { promiseOperation } from "../../webidl/interface-definition.ts";
import { object } from "../../webidl/primitives.ts";
import { queryPermission } from "./query-permission.ts";
import type { QueryableName } from "./permission-names.ts";
import type { PermissionStatus } from "./permission-status.ts";
import type { Realm } from "../realm/realm.ts";

/** The slots of {@link Permissions}. */
export interface PermissionsSlots {
  readonly realm: Realm;
  readonly permission: PermissionBroker;
  /** What stops the watches of statuses that are listened to. */
  readonly watches: Set<() => void>;
}

/** What is asked about: `{ name: "camera" }`. */
export interface PermissionDescriptor {
  name: QueryableName;
}

export const permissionsBrand = new Brand<PermissionsSlots, Permissions>("Permissions");

/**
 * Tells what is allowed, without asking for it: `navigator.permissions`.
 * @see https://w3c.github.io/permissions/#permissions-interface
 */
export class Permissions {
  /** There is one: `navigator.permissions`. */
  protected constructor() {
    throw new TypeError("Illegal constructor");
  }

  /**
   * The state of a permission. What the Web has besides `"camera"`, `"microphone"` and
   * `"display-capture"` is `"denied"`, unless the program's own broker knows of it.
   *
   * @throws TypeError for names that the Web doesn't know
   */
  query(permissionDesc: PermissionDescriptor): Promise<PermissionStatus> {
    return queryPermission(permissionsBrand.slotsOf(this), permissionDesc);
  }
}

/** The IDL of {@link Permissions}. */
export const permissionsInterface = defineInterface({
  brand: permissionsBrand,
  class: Permissions,
  operations: {
    query: {
      ...promiseOperation(required(object)),
      example: 'permissions.query({ name: "camera" })',
    },
  },
});
