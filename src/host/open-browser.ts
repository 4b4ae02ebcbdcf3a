import { spawn } from "node:child_process";

import { browserOpeners } from "./browser-openers.ts";

/** Opens a page in the person's browser. Rejects when no browser could be started. */
export async function openBrowser(url: string): Promise<void> {
  const [command = "xdg-open", ...args] = browserOpeners[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve).once("error", reject);
  });
  child.unref();
}
