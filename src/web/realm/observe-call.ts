import { debugLog, isDebugging } from "../../host/debug-log.ts";
import type { Track } from "../../engine/contract.ts";
import type { Realm } from "./realm.ts";

/** A call that a script made, as the realm's observer gets it. */
export interface CaptureCall {
  readonly method: "getUserMedia" | "getDisplayMedia" | "enumerateDevices" | "applyConstraints";
  /** The dictionary that was given, as it was converted. */
  readonly constraints: object | undefined;
  /** The track of `applyConstraints()`. */
  readonly track?: Track;
  /** What the script's promise settles with. */
  readonly result: Promise<unknown>;
}

/** Does the work of a call, and reports the call to the realm's observer, if there is one. */
export function observeCall<Result>(
  realm: Realm,
  call: Omit<CaptureCall, "result">,
  work: () => Promise<Result>,
): Promise<Result> {
  const logged = isDebugging() ? () => logCall(call, work) : work;
  if (realm.observeCall === undefined) return logged();
  const result = new Promise<Result>((resolve) => resolve(logged()));
  realm.observeCall({ ...call, result });
  return result;
}

async function logCall<Result>(
  { constraints, method }: Omit<CaptureCall, "result">,
  work: () => Promise<Result>,
): Promise<Result> {
  debugLog("%s(%j)", method, constraints);
  try {
    const result = await work();
    debugLog("%s() resolves", method);
    return result;
  } catch (error) {
    debugLog("%s() rejects: %s", method, String(error));
    throw error;
  }
}
