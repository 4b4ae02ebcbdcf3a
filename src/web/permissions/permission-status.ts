import type { PermissionState } from "../../permission/contract.ts";
import type { QueryableName } from "./permission-names.ts";
import { Brand } from "../../webidl/brand.ts";
import { defineInterface } from "../../webidl/define-interface.ts";
import type {
  AnyListener,
  EventHandler,
  EventHandlerValue,
  ListenerOptions,
  ListenerRemovalOptions,
  TypedListener,
} from "../../webidl/event-handler.ts";

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

/** The events of a {@link PermissionStatus}, by name. */
export interface PermissionStatusEventMap {
  change: Event;
}

export interface PermissionStatus {
  /** The state has changed. */
  get onchange(): EventHandlerValue;
  set onchange(handler: EventHandler<this, PermissionStatusEventMap["change"]>);
  /** Adds a listener; the events of a status are typed by their names. */
  addEventListener<Name extends keyof PermissionStatusEventMap>(
    type: Name,
    listener: TypedListener<this, PermissionStatusEventMap[Name]>,
    options?: ListenerOptions,
  ): void;
  /** Adds a listener of any event. */
  addEventListener(type: string, listener: AnyListener, options?: ListenerOptions): void;
  /** Removes a listener that {@link addEventListener} added with the same `capture`. */
  removeEventListener<Name extends keyof PermissionStatusEventMap>(
    type: Name,
    listener: TypedListener<this, PermissionStatusEventMap[Name]>,
    options?: ListenerRemovalOptions,
  ): void;
  /** Removes a listener of any event. */
  removeEventListener(type: string, listener: AnyListener, options?: ListenerRemovalOptions): void;
}

/**
 * The state of a permission, kept up to date.
 * @see https://w3c.github.io/permissions/#permissionstatus-interface
 */
export class PermissionStatus extends EventTarget {
  /** Statuses come from `navigator.permissions.query()`. */
  protected constructor() {
    super();
    throw new TypeError("Illegal constructor");
  }

  /** The permission that was asked about. */
  get name(): string {
    return permissionStatusBrand.slotsOf(this).name;
  }

  /** The state now. */
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
