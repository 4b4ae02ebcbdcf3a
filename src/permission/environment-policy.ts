import type { PermissionName } from "./contract.ts";
import { isPermissionName, permissionNames } from "./permission-names.ts";

export type EnvironmentPolicy = Partial<Record<PermissionName, "granted" | "denied">>;

/**
 * Reads `USERMEDIA_PERMISSIONS`, as in `"camera=granted,microphone=denied"`.
 *
 * @returns a text that says what is wrong where the value can't be read: a typing error must not
 * make a service ask, let alone capture.
 */
export function parseEnvironmentPolicy(value: string | undefined): EnvironmentPolicy | string {
  const policy: EnvironmentPolicy = {};
  for (const part of (value ?? "").split(",")) {
    if (part.trim() === "") continue;
    const [name = "", state, ...rest] = part.split("=").map((word) => word.trim());
    if (!isPermissionName(name)) return problem(part, `a name is ${permissionNames.join(", ")}`);
    if ((state !== "granted" && state !== "denied") || rest.length > 0) {
      return problem(part, `write ${name}=granted or ${name}=denied`);
    }
    if (policy[name] !== undefined && policy[name] !== state) {
      return problem(part, `${name} stands there twice`);
    }
    policy[name] = state;
  }
  return policy;
}

function problem(part: string, advice: string): string {
  return `USERMEDIA_PERMISSIONS can't be read at ${JSON.stringify(part.trim())}: ${advice}`;
}
