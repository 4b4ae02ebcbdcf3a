import type { PermissionDecision, PermissionName, PermissionState } from "../contract.ts";
import { consultationOrder } from "./consultation-order.ts";
import type { Evidence } from "./evidence.ts";

/**
 * The state of a kind or of one device of it: what a request would be decided without asking
 * anybody. `granted` for a kind means some device of it, as the spec has it.
 *
 * @see https://w3c.github.io/mediacapture-main/#permissions-integration
 */
export function currentState(
  name: PermissionName,
  evidence: Evidence,
  deviceKey?: string,
): PermissionState {
  const decision = currentDecision(name, evidence, deviceKey);
  if (decision !== undefined) return decision.state;
  return someDeviceGranted(name, evidence, deviceKey) ? "granted" : "prompt";
}

/** What is decided on a kind, or on one device of it, without asking anybody; `undefined`: nothing. */
export function currentDecision(
  name: PermissionName,
  evidence: Evidence,
  deviceKey?: string,
): PermissionDecision | undefined {
  const devices = deviceKey === undefined ? [] : [{ key: deviceKey, label: "" }];
  for (const consultation of consultationOrder) {
    if (consultation.by === "nobody" || !("decide" in consultation)) continue;
    const decision = consultation.decide({ name, devices }, evidence);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

/** Session answers on a device count here, also on a screen, which a new request asks for again. */
function someDeviceGranted(name: PermissionName, evidence: Evidence, deviceKey?: string): boolean {
  const { session, remembered } = evidence;
  const sources = [session[name], typeof remembered === "string" ? undefined : remembered[name]];
  return sources.some((answers) => {
    if (deviceKey !== undefined)
      return (answers?.devices?.[deviceKey] ?? answers?.state) === "granted";
    if (name === "display-capture") return false;
    return Object.values(answers?.devices ?? {}).includes("granted");
  });
}
