import { lstatSync, mkdirSync, mkdtempSync, readdirSync, type Stats } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/**
 * The folder in which this program says what it captures, made where there is none, for this user
 * alone.
 *
 * @returns `undefined` where nothing can be written.
 */
export function writableRuntimeFolder(
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const folders = runtimeFolders(environment);
  const usable = folders.find((folder) => makeFolder(folder));
  if (usable !== undefined || isChosen(environment)) return usable;
  // Another user was first in the shared temporary folder, or means to hide this one's captures.
  for (const base of temporaryBases()) {
    try {
      return mkdtempSync(`${base}-`);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Every folder in which a program of this user may say what it captures. */
export function readableRuntimeFolders(
  environment: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  return runtimeFolders(environment).filter((folder) => isOwnFolder(folder));
}

/** Makes a folder for this user alone. Returns whether it is there and is this user's. */
export function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return false;
  }
  return isOwnFolder(folder);
}

/**
 * `USERMEDIA_RUNTIME_DIR`, or the system's places for it: a program that was started by cron or `su`
 * has no variable that names them, so those are looked at too that have a fixed name.
 */
function runtimeFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const { USERMEDIA_RUNTIME_DIR: chosen, XDG_RUNTIME_DIR: named } = environment;
  if (chosen !== undefined && chosen !== "") return [resolve(chosen)];
  const user = process.getuid?.();
  const system = user === undefined ? [named] : [named, `/run/user/${user}`];
  const ofSession = system
    .filter((folder) => folder !== undefined && folder !== "" && isOwnFolder(folder))
    .map((folder) => join(folder ?? "", "usermedia"));
  return [
    ...new Set([...ofSession, ...temporaryBases().flatMap((base) => [base, ...madeBeside(base)])]),
  ];
}

function isChosen({ USERMEDIA_RUNTIME_DIR: chosen }: NodeJS.ProcessEnv): boolean {
  return chosen !== undefined && chosen !== "";
}

/** `/tmp` first: `TMPDIR` differs between the programs of one user. */
function temporaryBases(): readonly string[] {
  const name = `usermedia-${process.getuid?.() ?? "user"}`;
  const folders = process.platform === "win32" ? [tmpdir()] : ["/tmp", tmpdir()];
  return [...new Set(folders.map((folder) => join(folder, name)))];
}

/** The folders that programs made because the one with the plain name was another user's. */
function madeBeside(base: string): readonly string[] {
  try {
    return readdirSync(dirname(base))
      .filter((name) => name.startsWith(`${basename(base)}-`))
      .map((name) => join(dirname(base), name))
      .filter((folder) => isOwnFolder(folder));
  } catch {
    return [];
  }
}

/** Whether a path is a folder of this user that others can't write to. Windows keeps rights elsewhere. */
function isOwnFolder(folder: string): boolean {
  const stats = statOf(folder);
  if (stats?.isDirectory() !== true) return false;
  const user = process.getuid?.();
  return user === undefined || (stats.uid === user && (stats.mode & 0o022) === 0);
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
