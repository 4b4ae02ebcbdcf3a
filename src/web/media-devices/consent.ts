import type { Device } from "../../engine/contract.ts";
import type { PermissionBroker, PermissionState } from "../../permission/contract.ts";
import { permissionOf } from "../permissions/device-kinds.ts";
import { deviceStates } from "../permissions/device-states.ts";

/** What the opening of one device rests on. */
interface Grant {
  /** The device that was allowed: the opened device itself or, for sound, its display. */
  readonly allowed: Device;
  /** What the broker said of it when the call was allowed; a harmless device stays at `prompt`. */
  readonly before: PermissionState;
}

/** The devices that one call may open. */
export class Consent {
  readonly #permission: PermissionBroker;
  readonly #grants: ReadonlyMap<string, Grant>;

  private constructor(permission: PermissionBroker, grants: ReadonlyMap<string, Grant>) {
    this.#permission = permission;
    this.#grants = grants;
  }

  /** @param devices of one kind, which were allowed just now. */
  static to(devices: readonly Device[], permission: PermissionBroker): Consent {
    const states = deviceStates(permission, devices);
    const grants = devices.map((allowed) => {
      return [allowed.key, { allowed, before: states.get(allowed.key) ?? "prompt" }] as const;
    });
    return new Consent(permission, new Map(grants));
  }

  /** The consent to what was allowed with a display: what plays on it, or what was chosen for it. */
  toPartsOf(display: Device, parts: Iterable<Device>): Consent {
    const grant = this.#grants.get(display.key);
    const grants = new Map<string, Grant>();
    if (grant !== undefined) for (const { key } of parts) grants.set(key, grant);
    return new Consent(this.#permission, grants);
  }

  /** Whether the device was allowed, and that wasn't taken back since. */
  allows({ key }: Device): boolean {
    const grant = this.#grants.get(key);
    if (grant === undefined) return false;
    const { allowed, before } = grant;
    const name = permissionOf[allowed.description.kind];
    return before !== "granted" || this.#permission.query(name, allowed.key) === "granted";
  }

  /** The key of the device whose permission the capture of `device` rests on. */
  grantKey({ key }: Device): string {
    return this.#grants.get(key)?.allowed.key ?? key;
  }
}
