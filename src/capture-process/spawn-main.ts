import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";

/** Starts the capture process's main; the pipe is its file descriptor 3. */
export function spawnMain(environment: NodeJS.ProcessEnv): ChildProcess {
  const main = createRequire(import.meta.url).resolve("#capture-process");
  const env: NodeJS.ProcessEnv = { ...environment };
  // Meant for the program: a debugger's port would be taken twice, loaders would run twice.
  delete env["NODE_OPTIONS"];
  if (process.versions["electron"] !== undefined) env["ELECTRON_RUN_AS_NODE"] = "1";
  return spawn(process.execPath, [main], {
    env,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    windowsHide: true,
  });
}
