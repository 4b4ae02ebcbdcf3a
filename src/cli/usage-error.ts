import { CommandError } from "./command-error.ts";
import { ExitCode } from "./exit-code.ts";

/** What was typed can't be understood. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(ExitCode.badUsage, message);
  }
}
