import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { DeviceError } from "../../contract/device-error.ts";
import { ownEnvironment } from "../../host/own-environment.ts";

/**
 * Starts the capture process's main; the pipe is its file descriptor 3.
 * @throws DeviceError `missing-dependency` where the package lacks it
 */
export function spawnMain(environment: NodeJS.ProcessEnv): ChildProcess {
  const main = resolveMain();
  return spawn(process.execPath, [main], {
    env: ownEnvironment(environment),
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    windowsHide: true,
  });
}

function resolveMain(): string {
  try {
    return createRequire(import.meta.url).resolve("#capture-process");
  } catch (cause) {
    throw new DeviceError(
      "missing-dependency",
      "usermedia's capture process, which opens devices, isn't where this package has it " +
        "(dist/entries/capture-process.js). If your program is bundled, leave usermedia out of the " +
        "bundle (external); else install usermedia again.",
      { cause },
    );
  }
}
