import { readFileSync } from "node:fs";

import { Command, Help } from "commander";

import { textWidth } from "../host/text-width.ts";
import { addCompletionCommand } from "./commands/completion.ts";
import { addDevicesCommand } from "./commands/devices.ts";
import { addPermissionCommand } from "./commands/permission.ts";
import { addPlayCommand } from "./commands/play.ts";
import { addPreviewCommand } from "./commands/preview.ts";
import { addRecordCommand } from "./commands/record.ts";
import { addSnapshotCommand } from "./commands/snapshot.ts";
import { addStatusCommand } from "./commands/status.ts";
import { hanging, wrap } from "./terminal/layout.ts";
import { columnsOf, styleOf, type Terminal } from "./terminal/terminal.ts";

/** The columns of help that goes into a file or a pipe. */
const USUAL_COLUMNS = 80;
/** Columns that a description needs beside its option; else it stands below. */
const LEAST_DESCRIPTION = 30;

/** The command line of `usermedia`. */
export function createProgram(terminal: Terminal): Command {
  const { err, out } = terminal;
  const columns = (): number => columnsOf(out) ?? USUAL_COLUMNS;
  const program: Command = new Command("usermedia")
    .description("Cameras, microphones and screens: see them, record them, decide who may.")
    .version(`usermedia/${packageVersion()}`, "-v, --version", "Print the version")
    .helpOption("-h, --help", "Print help")
    .helpCommand("help [command]", "Print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void out.write(text),
      writeErr: (text) => void err.write(text),
      // Said by runProgram(), as every other failure is.
      outputError: () => undefined,
      getOutHelpWidth: columns,
      getErrHelpWidth: () => columnsOf(err) ?? USUAL_COLUMNS,
      getOutHasColors: () => styleOf(out)("bold", "") !== "",
      getErrHasColors: () => styleOf(err)("bold", "") !== "",
    })
    .configureHelp({
      commandUsage: (command) => {
        const usage = new Help().commandUsage(command);
        return wrap(usage, columns() - "Usage: ".length).replaceAll("\n", "\n       ");
      },
      displayWidth: textWidth,
      formatItem,
      minWidthToWrap: 20,
      styleTitle: (title) => styleOf(out)("bold", title),
    });
  addDevicesCommand(program, terminal);
  addRecordCommand(program, terminal);
  addSnapshotCommand(program, terminal);
  addPreviewCommand(program, terminal);
  addPlayCommand(program, terminal);
  addPermissionCommand(program, terminal);
  addStatusCommand(program, terminal);
  addCompletionCommand(program, terminal);
  program.addHelpText("afterAll", () => exitCodes(columns(), styleOf(out)));
  return program;
}

const EXIT_CODES = [
  ["0", "done"],
  ["1", "failed: the file can't be written, a device broke"],
  ["2", "the command line can't be understood"],
  ["3", "permission denied"],
  ["4", "no such device, or none that meets the constraints"],
  ["5", "the device is in use, or doesn't work"],
  ["130", "aborted by a second Ctrl-C"],
] as const;

function exitCodes(columns: number, style: ReturnType<typeof styleOf>): string {
  const lines = EXIT_CODES.map(([code, meaning]) =>
    hanging(`  ${code.padEnd(3)}  `, meaning, columns),
  );
  return ["", style("bold", "Exit codes:"), ...lines].join("\n");
}

/** An option and what it does; below it where there is too little room beside it. */
function formatItem(
  this: Help,
  term: string,
  termWidth: number,
  description: string,
  helper: Help,
): string {
  const columns = helper.helpWidth ?? USUAL_COLUMNS;
  if (columns - termWidth - 4 >= LEAST_DESCRIPTION || description === "") {
    return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
  }
  return [
    `  ${term}`,
    ...wrap(description, columns - 6)
      .split("\n")
      .map(indented),
  ].join("\n");
}

function indented(line: string): string {
  return `      ${line}`;
}

function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
