import { lstatSync, readlinkSync, realpathSync, statSync, type Stats } from "node:fs";
import { dirname, resolve } from "node:path";

const writableByOthers = 0o022;
const writableByAll = 0o002;
/** In such a folder everybody may make files, and only their owner may move them: `/tmp`. */
const sticky = 0o1000;

/**
 * What is known of a file that must hold only what this user put there. The file, its folder, and
 * the folders that the links of its path lead through are looked at.
 *
 * @returns `undefined` where there is no such file.
 * @throws Error with the command to run where others could have put something there.
 */
export function trustedStats(file: string): Stats | undefined {
  const own = [statOf(dirname(file)), statOf(file), statOf(realFolder(file))].map(placeOf);
  for (const [path, stats] of passedTo(file)) {
    const isOwn = own.includes(placeOf(stats));
    const reason = isOwn ? untrustedBecause(path, stats) : unsafeBecause(path, stats);
    if (reason !== undefined) throw new Error(reason);
  }
  return statOf(file);
}

/**
 * Why a file or folder can't be trusted to hold only what this user put there.
 *
 * @returns `undefined` where it can. Windows keeps access rights elsewhere: nothing is checked there.
 */
export function untrustedBecause(path: string, stats: Stats): string | undefined {
  const user = process.getuid?.();
  if (user === undefined) return undefined;
  if (stats.uid !== user && stats.uid !== 0) {
    return `${path} belongs to another user, so the permissions in it are not trusted; move it away`;
  }
  if ((stats.mode & writableByOthers) === 0) return undefined;
  const mode = stats.isDirectory() ? "700" : "600";
  return `Others can write to ${path}, so the permissions in it are not trusted; run \`chmod ${mode} ${path}\``;
}

/** Why a folder further up can't be passed: anybody could put another one in the place of ours. */
function unsafeBecause(path: string, { mode }: Stats): string | undefined {
  if (process.getuid === undefined || (mode & writableByAll) === 0 || (mode & sticky) !== 0) {
    return undefined;
  }
  return (
    `Others can write to ${path}, so the permissions that are kept below it are not trusted; ` +
    `run \`chmod o-w ${path}\`, or set USERMEDIA_CONFIG_DIR to another folder`
  );
}

/** Every folder and file on the way to a path that exists, from the top, through its links. */
function* passedTo(path: string): Generator<readonly [string, Stats]> {
  const folder = dirname(path);
  if (folder !== path) yield* passedTo(folder);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isSymbolicLink()) yield* passedTo(resolve(realpathSync(folder), readlinkSync(path)));
  else yield [path, stats];
}

/** The folder that holds a file itself, where the file's name is a link. */
function realFolder(file: string): string {
  return statOf(file) === undefined ? dirname(file) : dirname(realpathSync(file));
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** What is at a path, whatever name led there. */
function placeOf(stats: Stats | undefined): string {
  return stats === undefined ? "" : `${stats.dev} ${stats.ino}`;
}
