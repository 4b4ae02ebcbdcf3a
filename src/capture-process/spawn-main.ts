import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { DeviceError } from "../backends/contract.ts";

/**
 * Meant for the program: a debugger's port would be taken twice, loaders would run twice, and
 * certificates, which are used by nothing here, may take as long to read as Node to start.
 */
const OF_THE_PROGRAM = ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS"];

/**
 * Starts the capture process's main; the pipe is its file descriptor 3.
 * @throws DeviceError `missing-dependency` where the package lacks it
 */
export function spawnMain(environment: NodeJS.ProcessEnv): ChildProcess {
  const main = resolveMain();
  const env: NodeJS.ProcessEnv = { ...environment };
  for (const name of OF_THE_PROGRAM) delete env[name];
  if (process.versions["electron"] !== undefined) env["ELECTRON_RUN_AS_NODE"] = "1";
  return spawn(process.execPath, [main], {
    env,
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
