// A world of file devices alone, for the programs of the benchmark.
import { createMediaCapture } from "node-usermedia/backend";
import { createPermissionBroker } from "node-usermedia/permissions";

/** @param {import("node-usermedia").Backend[]} backends */
export function world(backends) {
  const permission = createPermissionBroker({ environment: { USERMEDIA_PROMPT: "none" } });
  return createMediaCapture({ backends, permission });
}
