import type { PermissionState } from "../../permission/contract.ts";
import type { QueryableName } from "./permission-names.ts";
import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import type { EventHandler } from "../../webidl/event-handler.ts";

/** The slots of a {@link PermissionStatus}. */
export interface PermissionStatusSlots {
  readonly name: QueryableName;
  /** The state now. */
  readonly current: () => PermissionState;
}

export const permissionStatusBrand = new Brand<PermissionStatusSlots, PermissionStatus>(
  "PermissionStatus",
  "EventTarget",
);

/**
 * The state of a permission, kept up to date.
 * @see https://w3c.github.io/permissions/#permissionstatus-interface
 */
export class PermissionStatus extends EventTarget {
  /** The state has changed. */
  declare onchange: EventHandler;

  /** Statuses come from `navigator.permissions.query()`. */
  protected constructor() {
    super();
    throw new TypeError("Illegal constructor");
  }

  get name(): string {
    return permissionStatusBrand.slotsOf(this).name;
  }

  get state(): PermissionState {
    return permissionStatusBrand.slotsOf(this).current();
  }
}

/** The IDL of {@link PermissionStatus}. */
export const permissionStatusInterface = defineInterface({
  brand: permissionStatusBrand,
  class: PermissionStatus,
  eventHandlers: ["onchange"],
});
