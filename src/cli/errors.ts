/** The exit codes of the `usermedia` command. Part of its interface: see `usermedia --help`. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  badUsage: 2,
  permissionDenied: 3,
  noDevice: 4,
  deviceBusy: 5,
  /** 128 + SIGINT, as shells have it. */
  aborted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A failure with the sentence that the person reads and the code that a script reads. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The command line is wrong. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";

  constructor(message: string) {
    super(ExitCode.badUsage, message);
  }
}

/** What the library's errors mean to a script, and what the person can do next. */
const KNOWN: Readonly<Record<string, { readonly code: ExitCode; readonly next?: string }>> = {
  NotAllowedError: { code: ExitCode.permissionDenied },
  SecurityError: { code: ExitCode.permissionDenied },
  NotFoundError: { code: ExitCode.noDevice, next: "`usermedia devices` lists what there is" },
  OverconstrainedError: {
    code: ExitCode.noDevice,
    next: "`usermedia devices --json` lists every mode",
  },
  NotReadableError: {
    code: ExitCode.deviceBusy,
    next: "`usermedia status` shows which programs capture now; another program may hold the device",
  },
  AbortError: { code: ExitCode.deviceBusy, next: "Connect the device anew and try again" },
};

/** The exit code for anything thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode;
  return known(error)?.code ?? ExitCode.failed;
}

/** One sentence for anything thrown, and a second one where it is known what to do next. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  const next = error instanceof CommandError ? undefined : nextStep(error);
  if (next === undefined || message.includes(next)) return message;
  return `${message.replace(/[.\s]+$/, "")}. ${next}`;
}

function nextStep(error: unknown): string | undefined {
  if (known(error) !== undefined) return known(error)?.next;
  const isFault = error instanceof TypeError || error instanceof RangeError;
  return isFault ? "That is a fault of usermedia: please report it" : undefined;
}

function known(error: unknown) {
  return error instanceof Error ? KNOWN[error.name] : undefined;
}

const WRITE_FAILURES: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it is on a read-only disk",
  ENOENT: "there is no such folder",
  ENOTDIR: "there is no such folder",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full; what was written before is kept",
  EFBIG: "the disk takes no larger file; what was written before is kept",
  EDQUOT: "this user's share of the disk is used up; what was written before is kept",
  EPIPE: "the program that read it has ended",
};

/** Why a file can't be written, from the system's error or from one that it caused. */
export function cannotWrite(path: string, error: unknown): CommandError {
  const { code = "", message } = systemErrorOf(error) ?? (error as NodeJS.ErrnoException);
  const reason = WRITE_FAILURES[code] ?? message;
  return new CommandError(ExitCode.failed, `${path} can't be written: ${reason}`, { cause: error });
}

/** The error of a system call that is, or caused, another; `undefined` where there is none. */
export function systemErrorOf(error: unknown): NodeJS.ErrnoException | undefined {
  if (!(error instanceof Error)) return undefined;
  const { syscall }: NodeJS.ErrnoException = error;
  return syscall === undefined ? systemErrorOf(error.cause) : error;
}
