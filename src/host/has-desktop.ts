import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { browserOpeners } from "./browser-openers.ts";

/**
 * Whether a person looks at a desktop that this process can open a page on. A login from elsewhere
 * and a CI job have none, whatever the variables of the display say.
 */
export function hasDesktop(environment: NodeJS.ProcessEnv): boolean {
  if (environment["CI"] !== undefined || environment["SSH_CONNECTION"] !== undefined) return false;
  if (browserOpeners[process.platform] !== undefined) return true;
  const hasDisplay =
    environment["DISPLAY"] !== undefined || environment["WAYLAND_DISPLAY"] !== undefined;
  const hasSession = environment["XDG_CURRENT_DESKTOP"] !== undefined;
  return hasDisplay && hasSession && isOnPath("xdg-open", environment);
}

function isOnPath(command: string, environment: NodeJS.ProcessEnv): boolean {
  return (environment["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
