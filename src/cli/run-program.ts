import { createProgram } from "./create-program.ts";
import { ExitCode, type ExitCode as Code } from "./exit-code.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { fileBeforeOptions } from "./file-before-options.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command line. Every failure is one line on `err` and an exit code. */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<Code> {
  try {
    const program = createProgram(terminal);
    const words = fileBeforeOptions(argv, program.commands);
    const { args, options } = program.parse(words, { run: false });
    const isHelp = options["help"] === true || options["version"] === true;
    if (isHelp) return ExitCode.ok;
    if (program.matchedCommand === undefined) {
      if (args[0] === undefined) {
        program.outputHelp();
        return ExitCode.badUsage;
      }
      throw new UsageError(`${args[0]}: there is no such command; see usermedia --help`);
    }
    await program.runMatchedCommand();
    return ExitCode.ok;
  } catch (error) {
    terminal.err.write(`usermedia: ${messageOf(error)}\n`);
    return exitCodeOf(error);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isUsage = error.name === "CACError";
  return isUsage ? `${error.message.replaceAll("`", "")}; see --help` : error.message;
}
