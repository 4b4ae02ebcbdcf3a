import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { untrustedBecause } from "../store/untrusted-file.ts";

/** Where running programs say what they capture: `USERMEDIA_RUNTIME_DIR`, or the system's place for it. */
export function runtimeFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { USERMEDIA_RUNTIME_DIR: chosen, XDG_RUNTIME_DIR: xdg } = environment;
  if (chosen !== undefined && chosen !== "") return resolve(chosen);
  if (xdg !== undefined && xdg !== "") return join(xdg, "usermedia");
  return join(tmpdir(), `usermedia-${process.getuid?.() ?? "user"}`);
}

/**
 * Makes the folder, for this user alone.
 *
 * @returns whether it can be used: in a shared temporary folder another user may have been first.
 */
export function prepareRuntimeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    return stats.isDirectory() && untrustedBecause(folder, stats) === undefined;
  } catch {
    return false;
  }
}
