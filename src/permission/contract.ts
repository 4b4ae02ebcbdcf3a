/**
 * Permission as the other rooms see it: one broker, one decision path.
 *
 * @see https://w3c.github.io/permissions/
 * @module
 */

import type { PermissionName } from "./permission-names.ts";

export type { PermissionName };

/**
 * The other powerful features of the Web's registry: nothing here gives access to them.
 * @see https://w3c.github.io/permissions-registry/
 */
export type OtherPermission =
  | "accelerometer"
  | "ambient-light-sensor"
  | "background-fetch"
  | "background-sync"
  | "bluetooth"
  | "geolocation"
  | "gyroscope"
  | "magnetometer"
  | "midi"
  | "nfc"
  | "notifications"
  | "persistent-storage"
  | "push"
  | "screen-wake-lock"
  | "speaker-selection"
  | "storage-access"
  | "xr-spatial-tracking";

/** Whether it is allowed: `"prompt"` means that the user would be asked. */
export type PermissionState = "granted" | "denied" | "prompt";

/** A device that a request could be answered with. */
export interface RequestedDevice {
  /** The engine's `Device.key`: stable, never shown to scripts. */
  readonly key: string;
  readonly label: string;
  /** False for devices that show no person and no place (synthetic ones). Default true. */
  readonly needsPermission?: boolean;
  /** Whether the desktop's own dialog asks, too, when it is opened: we needn't then. */
  readonly isChosenByDesktop?: boolean;
}

/** One kind of a request: the devices that satisfy the constraints, best first. */
export interface RequestedKind {
  readonly name: PermissionName;
  readonly devices: readonly RequestedDevice[];
  /** A display: what the machine plays is to be captured with it. */
  readonly withSound?: true;
}

/** What a call asks for. Audio and video of one call are one request, and one prompt. */
export interface PermissionRequest {
  readonly kinds: readonly RequestedKind[];
  /** Withdraws the request; its promise stays pending. */
  readonly signal?: AbortSignal;
}

/** The decision on one kind. */
export interface PermissionDecision {
  readonly name: PermissionName;
  readonly state: "granted" | "denied";
  /** The device that the user picked, if a prompt offered a choice. */
  readonly deviceKey?: string;
  /** Denied: why, and what would change it. */
  readonly message?: string;
}

/** A request, as a handler in code gets it. */
export interface HandledPermissionRequest {
  /** The program that asks: its name, and its entry script where it has one. */
  readonly application: { readonly name: string; readonly path: string | undefined };
  readonly kinds: readonly (RequestedKind & { readonly reason: string | undefined })[];
}

/**
 * Answers requests in code. `undefined` is no answer: the next step of the order decides.
 * An error that the handler throws, or rejects with, denies the request.
 */
export type PermissionRequestHandler = (
  request: HandledPermissionRequest,
) => "granted" | "denied" | undefined | Promise<"granted" | "denied" | undefined>;

/** A capture that runs, for an indicator. */
export interface RunningCapture {
  readonly name: PermissionName;
  readonly deviceKey: string;
  readonly label: string;
}

/** Decides what a program may capture. Every capture asks the broker. */
export interface PermissionBroker {
  /** The state of a kind, or of one device of it. */
  query(name: PermissionName, deviceKey?: string): PermissionState;
  /** {@link query} for each of several devices, of one state of the evidence. */
  queryDevices?(name: PermissionName, deviceKeys: readonly string[]): readonly PermissionState[];
  /** Why {@link query} says that a kind is denied, and what would change it. */
  whyDenied?(name: PermissionName): string | undefined;
  /**
   * The state of a permission of the Web that isn't capture's, such as `"geolocation"`, for programs
   * in which something else gives access to it. Default: denied.
   */
  queryOther?(name: OtherPermission): PermissionState;
  /**
   * Asks for all kinds at once. Granted kinds are not asked for again. The promise stays pending
   * for ever when the user makes no choice.
   */
  request(request: PermissionRequest): Promise<readonly PermissionDecision[]>;
  /** Calls `listener` whenever an answer of {@link query} may have changed (also by another process). */
  watch(listener: () => void): () => void;
  /** The secret that this application's device ids are salted with; changes on reset. */
  deviceIdSalt(): string;
  /** What restores, once, a choice that the desktop was told to remember for this application. */
  restoreToken?(name: PermissionName): string | undefined;
  /** Keeps such a token, of a device by its key, until the permission is revoked; `undefined` forgets it. */
  keepRestoreToken?(
    name: PermissionName,
    deviceKey: string,
    token: string | undefined,
  ): Promise<void>;
  /** Puts a handler before the prompts; `undefined` takes it away. */
  setPermissionRequestHandler?(handler: PermissionRequestHandler | undefined): void;
  /** Takes back what was granted to this application: everything, a kind, or one device of it. */
  revoke?(name?: PermissionName, deviceKey?: string): Promise<void>;
  /** Shows the user's indicators that a capture runs. Returns what ends it; ended by exit too. */
  captureStarted?(capture: RunningCapture): () => void;
  /** Calls `listener` whenever a capture of this program starts or ends. */
  watchCaptures?(listener: (captures: readonly RunningCapture[]) => void): () => void;
  /** Closes open prompts and stops watching. Captures go on. */
  close?(): void;
}
