import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What an example's devices are: the synthetic ones, or a media file. */
export interface ExampleOptions {
  readonly cwd: string;
  /** A media file that is the camera and the microphone. */
  readonly file?: string;
}

/** Runs an example of `examples/` as it stands, and gives what it prints. */
export async function runExample(
  name: string,
  args: readonly string[],
  { cwd, file }: ExampleOptions,
): Promise<string[]> {
  const devices = file === undefined ? { USERMEDIA_BACKENDS: "synthetic" } : fileDevices(file);
  const { stdout } = await run(process.execPath, [resolve("examples", name), ...args], {
    cwd,
    env: { ...process.env, USERMEDIA_CONFIG_DIR: cwd, ...devices },
    timeout: 90_000,
  });
  return stdout.trim().split("\n");
}

function fileDevices(file: string): Record<string, string> {
  return {
    USERMEDIA_BACKENDS: "file",
    USERMEDIA_FILES: file,
    USERMEDIA_PERMISSIONS: "camera=granted,microphone=granted",
  };
}
