import { readFileSync } from "node:fs";

import { cac, type CAC } from "cac";

import { addDevicesCommand } from "./commands/devices.ts";
import { addPermissionCommand } from "./commands/permission.ts";
import { addPreviewCommand } from "./commands/preview.ts";
import { addRecordCommand } from "./commands/record.ts";
import { addSnapshotCommand } from "./commands/snapshot.ts";
import { addStatusCommand } from "./commands/status.ts";
import type { Terminal } from "./terminal.ts";

/** The command line of `usermedia`. */
export function createProgram(terminal: Terminal): CAC {
  const program = cac("usermedia");
  addDevicesCommand(program, terminal);
  addRecordCommand(program, terminal);
  addPreviewCommand(program, terminal);
  addSnapshotCommand(program, terminal);
  addPermissionCommand(program, terminal);
  addStatusCommand(program, terminal);
  program.help((sections) => [
    ...sections.filter(({ title }) => title !== undefined || sections.length > 0),
    {
      title: "Exit codes",
      body: EXIT_CODES.map(([code, meaning]) => `  ${code}  ${meaning}`).join("\n"),
    },
  ]);
  program.version(packageVersion());
  return program;
}

const EXIT_CODES = [
  ["0  ", "done"],
  ["1  ", "failed: the file can't be written, a device broke"],
  ["2  ", "the command line can't be understood"],
  ["3  ", "permission denied"],
  ["4  ", "no such device, or none that meets the constraints"],
  ["5  ", "the device is in use, or doesn't work"],
  ["130", "aborted by a second Ctrl-C"],
] as const;

function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
