import { readFile } from "node:fs/promises";
import { join } from "node:path";

const COOKIE_LENGTH = 256;

/**
 * The secret that proves to the server that this user may use it. Zeros where there is none: a
 * server on a Unix socket knows the user anyway.
 */
export async function readCookie(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Buffer> {
  for (const path of cookiePaths(env)) {
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes?.length === COOKIE_LENGTH) return bytes;
  }
  return Buffer.alloc(COOKIE_LENGTH);
}

function cookiePaths(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const home = env["HOME"];
  const config = env["XDG_CONFIG_HOME"] || (home && join(home, ".config"));
  return [
    env["PULSE_COOKIE"],
    config && join(config, "pulse", "cookie"),
    home && join(home, ".pulse-cookie"),
  ].flatMap((path) => path || []);
}
