import { CommandError } from "./command-error.ts";
import { ExitCode } from "./exit-code.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it is on a read-only disk",
  ENOENT: "there is no such folder",
  ENOTDIR: "there is no such folder",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full; what was written before is kept",
  EFBIG: "the disk takes no larger file; what was written before is kept",
  EDQUOT: "this user's share of the disk is used up; what was written before is kept",
};

/** Why a file can't be written, from the system's error or from one that it caused. */
export function cannotWrite(path: string, error: unknown): CommandError {
  const { code = "", message } = systemErrorOf(error) ?? (error as NodeJS.ErrnoException);
  const reason = REASONS[code] ?? message;
  return new CommandError(ExitCode.failed, `${path} can't be written: ${reason}`, { cause: error });
}

/** The error of a system call that is, or caused, another; `undefined` where there is none. */
export function systemErrorOf(error: unknown): NodeJS.ErrnoException | undefined {
  if (!(error instanceof Error)) return undefined;
  const { syscall }: NodeJS.ErrnoException = error;
  return syscall === undefined ? systemErrorOf(error.cause) : error;
}
