import type { DOMWindow } from "jsdom";
import type { PermissionName, PermissionState } from "../../../src/permission/contract.ts";
import type { Test } from "./corpus.ts";
import { openPage } from "./page.ts";
import { createScriptedPermission } from "./permission-script.ts";
import type { Respond } from "./respond.ts";
import type { Result } from "./result.ts";
import { originOf } from "./substitute.ts";
import { installVirtualCapture } from "./virtual-capture.ts";

/** How long a gesture counts, as in browsers. */
const ACTIVATION_MS = 5000;

/** Runs one test in this process. */
export async function runTest(test: Test, respond: Respond): Promise<Result> {
  const permission = createScriptedPermission();
  const captures: { close(): Promise<void> }[] = [];
  const lines: string[] = [];
  let page: { window: DOMWindow } | undefined;
  // The library behind it doesn't end its process well, so only these pages have it.
  const isConnecting = /peerconnection/i.test(
    respond(originOf(test.url) + test.url).body.toString(),
  );
  const addPeerConnection = isConnecting
    ? (await import("./peer-connection.ts")).addPeerConnection
    : undefined;
  const result = await new Promise<Result>((report) => {
    page = openPage(test.url, {
      respond,
      report,
      log: (line) => lines.push(line),
      install: (window, permissionsPolicy) => {
        captures.push(
          installVirtualCapture(window, {
            permission,
            permissionsPolicy,
            respond,
            addPeerConnection,
          }),
        );
      },
      drive: (action, parameters, window) => {
        const { name, state } = parameters as { name: PermissionName; state: PermissionState };
        if (action === "set_permission") permission.set(name, state);
        if (action === "activate") activate(window);
        // As long as a driver outside the browser takes at least.
        return new Promise((resolve) => setImmediate(resolve));
      },
    });
  });
  page?.window.close();
  await Promise.all(captures.map((capture) => capture.close()));
  return { ...result, log: lines.join("\n").slice(0, 4000) };
}

function activate(window: DOMWindow): void {
  const { userActivation } = window.navigator as unknown as {
    userActivation: { isActive: boolean; hasBeenActive: boolean };
  };
  Object.assign(userActivation, { isActive: true, hasBeenActive: true });
  setTimeout(() => (userActivation.isActive = false), ACTIVATION_MS).unref();
}
