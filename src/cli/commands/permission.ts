import type { CAC } from "cac";

import { formatTable } from "../format-table.ts";
import {
  grantPermissions,
  isPermissionName,
  listPermissions,
  type PermissionName,
  permissionNames,
  resetPermissions,
  revokePermissions,
} from "../../permission/index.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface PermissionCommandOptions {
  readonly app?: unknown;
  readonly device?: unknown;
  readonly json?: boolean;
}

const NAMES = permissionNames.join(", ");

export function addPermissionCommand(program: CAC, terminal: Terminal): void {
  program
    .command("permission <action> [...names]", `list, grant, revoke or reset: ${NAMES}`)
    .option(
      "--app <path>",
      "The program: its script, or its package's folder (grant: default is the current folder's)",
    )
    .option("--device <id>", "Only this device, by the id that `devices` shows")
    .option("--json", "Print the list as JSON")
    .example((name) => `  ${name} permission list`)
    .example((name) => `  ${name} permission grant camera microphone --app ./server.js`)
    .example((name) => `  ${name} permission revoke camera`)
    .example((name) => `  ${name} permission reset`)
    .action((action: string, names: string[], options: PermissionCommandOptions) =>
      permission(action, names, options, terminal),
    );
}

async function permission(
  action: string,
  words: readonly string[],
  options: PermissionCommandOptions,
  { out }: Terminal,
): Promise<void> {
  const names = words.map(permissionNameOf);
  const subject = {
    ...(options.app === undefined ? {} : { application: String(options.app) }),
    ...(options.device === undefined ? {} : { deviceKey: String(options.device) }),
  };
  switch (action) {
    case "list":
      out.write(list(options.json === true));
      break;
    case "grant": {
      const { packageName, path } = await grantPermissions(required(action, names), subject);
      out.write(`Granted ${names.join(", ")} to ${packageName ?? path}\n`);
      break;
    }
    case "revoke":
      await revokePermissions(required(action, names), subject);
      out.write(`Revoked ${names.join(", ")}${of(options)}\n`);
      break;
    case "reset":
      await (names.length === 0
        ? resetPermissions(undefined, subject)
        : resetPermissions(names, subject));
      out.write(`Forgot every answer about ${names.join(", ") || NAMES}${of(options)}\n`);
      break;
    default:
      throw new UsageError(`permission ${action}: write list, grant, revoke or reset`);
  }
}

function of({ app }: PermissionCommandOptions): string {
  return app === undefined ? " for every program" : ` for ${String(app)}`;
}

function permissionNameOf(word: string): PermissionName {
  if (isPermissionName(word)) return word;
  throw new UsageError(`${word} is no permission; there are ${NAMES}`);
}

function required(action: string, names: readonly PermissionName[]): readonly PermissionName[] {
  if (names.length === 0) throw new UsageError(`permission ${action}: say which of ${NAMES}`);
  return names;
}

function list(json: boolean): string {
  const permissions = listPermissions();
  if (json) return `${JSON.stringify(permissions, undefined, 2)}\n`;
  if (permissions.length === 0) return "No program has an answer that was kept\n";
  const rows = permissions.map(({ application, deviceKey, name, since, state }) => [
    application.packageName ?? application.path,
    name,
    state,
    deviceKey ?? "every device",
    since.slice(0, 10),
  ]);
  return `${formatTable([["PROGRAM", "PERMISSION", "STATE", "DEVICE", "SINCE"], ...rows])}\n`;
}
