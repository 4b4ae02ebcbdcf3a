#!/usr/bin/env node
/** The `usermedia` command. */
import { ExitCode } from "./errors.ts";
import { report, runProgram } from "./run-program.ts";
import { Terminal } from "./terminal/terminal.ts";

const terminal = new Terminal(process.stdout, process.stderr, process.stdin);

// Who reads along may stop: `usermedia devices | head -1`. A recording that goes there is told by
// the write itself.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exitCode = ExitCode.failed;
});
process.on("uncaughtException", (error) => process.exit(report(error, terminal)));

process.exitCode = await runProgram(process.argv.slice(2), terminal);
