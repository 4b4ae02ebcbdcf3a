import { CommandError } from "./command-error.ts";
import { ExitCode } from "./exit-code.ts";

const CODES: Readonly<Record<string, ExitCode>> = {
  NotAllowedError: ExitCode.permissionDenied,
  SecurityError: ExitCode.permissionDenied,
  NotFoundError: ExitCode.noDevice,
  OverconstrainedError: ExitCode.noDevice,
  NotReadableError: ExitCode.deviceBusy,
  AbortError: ExitCode.deviceBusy,
  // What cac throws at an unknown option, a missing argument or a missing value.
  CACError: ExitCode.badUsage,
};

/** The exit code for anything thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode;
  const name = error instanceof Error ? error.name : "";
  return CODES[name] ?? ExitCode.failed;
}
