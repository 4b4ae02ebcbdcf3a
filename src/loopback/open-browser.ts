import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What opens a page on this system. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Whether a person looks at a desktop that this process can open a page on. A login from elsewhere
 * and a CI job have none, whatever the variables of the display say.
 */
export function hasDesktop(environment: NodeJS.ProcessEnv): boolean {
  if (environment["CI"] !== undefined || environment["SSH_CONNECTION"] !== undefined) return false;
  if (openers[process.platform] !== undefined) return true;
  const hasDisplay =
    environment["DISPLAY"] !== undefined || environment["WAYLAND_DISPLAY"] !== undefined;
  const hasSession = environment["XDG_CURRENT_DESKTOP"] !== undefined;
  return hasDisplay && hasSession && isOnPath("xdg-open", environment);
}

/** Opens a page in the person's browser. Rejects when no browser could be started. */
export async function openBrowser(url: string): Promise<void> {
  const [command = "xdg-open", ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve).once("error", reject);
  });
  child.unref();
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
