import { open, rm, stat } from "node:fs/promises";

import type { Command } from "commander";

import { cannotWrite, CommandError, ExitCode } from "../errors.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { STANDARD_OUTPUT } from "./file-type.ts";

export interface ReplaceOptions {
  readonly force?: boolean;
  /** False for `--no-clobber`. */
  readonly clobber?: boolean;
}

/** What `record` and `snapshot` say about files that exist. */
export function addReplaceOptions(command: Command): Command {
  return command
    .option("--force", "Replace a file that exists, without asking")
    .option("--no-clobber", "Keep a file that exists, without asking: that is an error then");
}

/**
 * Finds out whether a file may be replaced: a person at a terminal is asked; a script says it by an
 * option. What is empty, or no file but a device or a pipe, has nothing to lose.
 *
 * @throws CommandError when it must be kept
 */
export async function checkReplaceable(
  path: string,
  { clobber, force }: ReplaceOptions,
  terminal: Terminal,
): Promise<void> {
  if (force === true || path === STANDARD_OUTPUT) return;
  // What else is wrong with it is said when it is opened.
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size === 0) return;
  if (clobber !== false && terminal.canAsk) {
    if (await terminal.confirm(`${path} exists. Replace it?`)) return;
    throw new CommandError(ExitCode.failed, `${path} is kept as it was`);
  }
  const next = clobber === false ? "" : "; --force replaces it";
  throw new CommandError(ExitCode.failed, `${path} exists, and is kept as it was${next}`);
}

/**
 * Finds out whether a file can be written, and leaves everything as it is.
 * @throws CommandError when it can't be
 */
export async function checkWritable(path: string): Promise<void> {
  try {
    const created = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return undefined;
      throw error;
    });
    const handle = created ?? (await open(path, "r+"));
    await handle.close();
    if (created !== undefined) await rm(path, { force: true });
  } catch (error) {
    const isFolder = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    // Each system has another error for a folder.
    throw cannotWrite(path, isFolder ? Object.assign(new Error(), { code: "EISDIR" }) : error);
  }
}
