import { spawn, type ChildProcess } from "node:child_process";
import { ownEnvironment } from "../../host/own-environment.ts";
import { requireOwnProgram } from "../native-package.ts";

/**
 * Starts the capture process's main; the pipe is its file descriptor 3.
 * @throws DeviceError `missing-dependency` where the package lacks it
 */
export function spawnMain(environment: NodeJS.ProcessEnv): ChildProcess {
  const main = requireOwnProgram("capture-process");
  return spawn(process.execPath, [main], {
    env: ownEnvironment(environment),
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    windowsHide: true,
  });
}
