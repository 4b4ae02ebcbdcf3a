import type { Command } from "commander";

import { listCaptures } from "../../permission/index.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

export function addStatusCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("status")
    .description("Show which programs capture what now")
    .option("--json", "Print it as JSON")
    .action(({ json }: { readonly json?: boolean }) => {
      const programs = listCaptures();
      if (json === true) {
        terminal.printJson(programs, 2);
      } else if (programs.length === 0) {
        terminal.print("Nothing is being captured");
      } else {
        const rows = programs.flatMap(({ application, captures, pid }) =>
          captures.map(({ label, name, since }) => [
            application.name,
            String(pid),
            name,
            label,
            since,
          ]),
        );
        terminal.printTable(["PROGRAM", "PID", "CAPTURES", "DEVICE", "SINCE"], rows);
      }
    });
  addExamples(command, terminal, ["usermedia status", "usermedia status --json"]);
}
