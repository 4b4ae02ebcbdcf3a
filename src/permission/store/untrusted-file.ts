import type { Stats } from "node:fs";

const writableByOthers = 0o022;

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
