import { type Command, CommanderError } from "commander";

import { createProgram } from "./create-program.ts";
import { describeError, ExitCode, exitCodeOf, UsageError } from "./errors.ts";
import { fileBeforeOptions } from "./options/file-before-options.ts";
import type { Terminal } from "./terminal/terminal.ts";

/**
 * Runs one command line. Every failure is one sentence on `err` and an exit code.
 *
 * @param words what follows the program's name
 */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const program = createProgram(terminal);
  try {
    if (words.length === 0) {
      program.outputHelp({ error: true });
      return ExitCode.badUsage;
    }
    await program.parseAsync(fileBeforeOptions(words, program), { from: "user" });
    return ExitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError) return reportUsage(error, { program, terminal, words });
    return report(error, terminal);
  }
}

/** Says what failed, in a sentence. Its stack is for those who ask: `NODE_DEBUG=usermedia`. */
export function report(error: unknown, terminal: Terminal): ExitCode {
  terminal.fail(describeError(error));
  const isDebugged = (process.env["NODE_DEBUG"] ?? "").split(",").includes("usermedia");
  if (isDebugged && error instanceof Error) terminal.say(error.stack ?? "");
  return exitCodeOf(error);
}

interface ReportedUsage {
  readonly program: Command;
  readonly terminal: Terminal;
  readonly words: readonly string[];
}

/** What the parser of the command line has to say: a mistake, or that it printed what was asked. */
function reportUsage(
  { code, exitCode, message }: CommanderError,
  { program, terminal, words }: ReportedUsage,
): ExitCode {
  if (exitCode === 0) return ExitCode.ok;
  // It has printed the help that was missing.
  if (code === "commander.help") return ExitCode.badUsage;
  const said = message
    .replace(/^error: /, "")
    .replaceAll(/\s*\n\s*/g, " ")
    .replace(/ \((Did you mean .*\?)\)$/, ". $1")
    .replace(/\.$/, "");
  const help = `usermedia ${[...commandIn(words, program), "--help"].join(" ")}`;
  return report(
    new UsageError(`${said}${said.endsWith("?") ? " See" : "; see"} ${help}`),
    terminal,
  );
}

/** The names of the command that the words begin with. */
function commandIn(words: readonly string[], program: Command): readonly string[] {
  const [name, ...rest] = words.filter((word) => !word.startsWith("-"));
  const command = program.commands.find((known) => known.name() === name);
  return command === undefined ? [] : [command.name(), ...commandIn(rest, command)];
}
