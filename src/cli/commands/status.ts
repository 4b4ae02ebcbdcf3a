import type { CAC } from "cac";

import { formatTable } from "../format-table.ts";
import { listCaptures } from "../../permission/index.ts";
import type { Terminal } from "../terminal.ts";

export function addStatusCommand(program: CAC, { out }: Terminal): void {
  program
    .command("status", "Show which programs capture what now")
    .option("--json", "Print it as JSON")
    .example((name) => `  ${name} status`)
    .action(({ json }: { json?: boolean }) => {
      const captures = listCaptures();
      if (json === true) out.write(`${JSON.stringify(captures, undefined, 2)}\n`);
      else out.write(table(captures));
    });
}

function table(programs: ReturnType<typeof listCaptures>): string {
  if (programs.length === 0) return "Nothing is being captured\n";
  const rows = programs.flatMap(({ application, captures, pid }) =>
    captures.map(({ label, name, since }) => [application.name, String(pid), name, label, since]),
  );
  return `${formatTable([["PROGRAM", "PID", "CAPTURES", "DEVICE", "SINCE"], ...rows])}\n`;
}
