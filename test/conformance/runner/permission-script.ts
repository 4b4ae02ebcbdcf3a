import type {
  OtherPermission,
  PermissionBroker,
  PermissionName,
  PermissionState,
} from "../../../src/permission/contract.ts";

/** A broker that testdriver can tell what to answer. */
export interface ScriptedPermission extends PermissionBroker {
  set(name: PermissionName | OtherPermission, state: PermissionState): void;
}

/**
 * A permission broker as browsers run the tests with fake devices: a user who grants whatever is
 * asked for, unless testdriver says otherwise.
 */
export function createScriptedPermission(): ScriptedPermission {
  const states = new Map<PermissionName | OtherPermission, PermissionState>();
  const listeners = new Set<() => void>();
  const set = (name: PermissionName | OtherPermission, state: PermissionState): void => {
    states.set(name, state);
    for (const listener of listeners) listener();
  };
  return {
    query: (name) => states.get(name) ?? "prompt",
    queryOther: (name) => states.get(name) ?? "prompt",
    async request({ kinds }) {
      await Promise.resolve();
      return kinds.map(({ name }) => {
        const state = states.get(name) === "denied" ? "denied" : "granted";
        // A choice of what to share holds for the one call.
        if (name !== "display-capture") set(name, state);
        return { name, state };
      });
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deviceIdSalt: () => "web-platform-tests",
    set,
  };
}
