import { spawn, type ChildProcess } from "node:child_process";
import { debugLog } from "../../host/debug-log.ts";
import { ownEnvironment } from "../../host/own-environment.ts";
import { requireOwnProgram } from "../native-package.ts";
import type { SharedFile } from "../wire/shared-slots.ts";

/**
 * Starts the capture process's main; the pipe is its file descriptor 3.
 * @param shared memory that it is to have as its file descriptor 4
 * @throws DeviceError `missing-dependency` where the package lacks it
 */
export function spawnMain(environment: NodeJS.ProcessEnv, shared?: SharedFile): ChildProcess {
  const main = requireOwnProgram("capture-process");
  const child = spawn(process.execPath, [main, ...(shared ? [String(shared.slotBytes)] : [])], {
    env: ownEnvironment(environment),
    stdio: ["ignore", "ignore", "pipe", "pipe", ...(shared ? [shared.fd] : [])],
    windowsHide: true,
  });
  debugLog("capture process %d started", child.pid);
  child.once("exit", (code, signal) => {
    debugLog("capture process %d ended: %s", child.pid, signal ?? code);
  });
  return child;
}
