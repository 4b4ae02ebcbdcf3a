/** A path as the system's own shell takes it for one word: POSIX shells, cmd.exe and PowerShell. */
export function shellWord(path: string, platform: NodeJS.Platform = process.platform): string {
  // Windows' file names have no double quotes, and cmd.exe knows no other kind.
  if (platform === "win32") return /^[\w@+=:,.\\/-]+$/u.test(path) ? path : `"${path}"`;
  return /^[\w@%+=:,./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
