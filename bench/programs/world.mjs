// A world of file devices alone, for the programs of the benchmark.
import { createMediaCapture, createPermissionBroker } from "node-usermedia";

/** @param {import("node-usermedia").Backend[]} backends */
export function world(backends) {
  const permission = createPermissionBroker({ environment: { USERMEDIA_PROMPT: "none" } });
  return createMediaCapture({ backends, permission });
}
