import { basename } from "node:path";

import { Argument, type Command } from "commander";

import { plainText } from "../../host/plain-text.ts";
import {
  grantPermissions,
  listPermissions,
  type PermissionName,
  permissionNames,
  resetPermissions,
  revokePermissions,
} from "../../permission/index.ts";
import { createDeviceSources } from "../devices/device-sources.ts";
import { findDevice, type KnownDevice, listDevices } from "../devices/listed-device.ts";
import { CommandError, ExitCode } from "../errors.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface SubjectOptions {
  readonly app?: string;
  readonly device?: string;
}

const APP = "The program: its script, or its package's folder";
const DEVICE = "This device alone: its id or a part of its name, as `usermedia devices` has them";

export function addPermissionCommand(program: Command, terminal: Terminal): void {
  const permission = program
    .command("permission")
    .description(`List, grant, revoke or reset: ${permissionNames.join(", ")}`);
  addExamples(permission, terminal, [
    "usermedia permission list",
    "usermedia permission grant camera microphone --app ./server.js",
    "usermedia permission revoke camera",
  ]);
  addList(permission, terminal);
  addGrant(permission, terminal);
  addRevoke(permission, terminal);
  addReset(permission, terminal);
}

function addList(permission: Command, terminal: Terminal): void {
  const command = permission
    .command("list")
    .description("List the answers that were kept, by program")
    .option("--json", "Print the list as JSON")
    .action(({ json }: { readonly json?: boolean }) => list(json === true, terminal));
  addExamples(command, terminal, ["usermedia permission list", "usermedia permission list --json"]);
}

function addGrant(permission: Command, terminal: Terminal): void {
  const command = permission
    .command("grant")
    .description("Allow a program to use devices, as if a person had answered “Allow always”")
    .addArgument(namesArgument(true))
    .option("--app <path>", `${APP} (default: the package in the current folder)`)
    .option("--device <device>", DEVICE)
    .action((names: PermissionName[], options: SubjectOptions) => grant(names, options, terminal));
  addExamples(command, terminal, [
    "usermedia permission grant camera microphone --app ./server.js",
    "usermedia permission grant microphone --device Yeti",
  ]);
}

function addRevoke(permission: Command, terminal: Terminal): void {
  const command = permission
    .command("revoke")
    .description("Take permissions back, from running programs too; what was blocked stays blocked")
    .addArgument(namesArgument(true))
    .option("--app <path>", `${APP} (default: every program)`)
    .option("--device <device>", DEVICE)
    .action((names: PermissionName[], options: SubjectOptions) => revoke(names, options, terminal));
  addExamples(command, terminal, [
    "usermedia permission revoke camera",
    "usermedia permission revoke microphone --app ./server.js",
  ]);
}

function addReset(permission: Command, terminal: Terminal): void {
  const command = permission
    .command("reset")
    .description("Forget answers, blocks too, so that programs ask again (default: all answers)")
    .addArgument(namesArgument(false))
    .option("--app <path>", `${APP} (default: every program)`)
    .action((names: PermissionName[], options: SubjectOptions) => reset(names, options, terminal));
  addExamples(command, terminal, [
    "usermedia permission reset",
    "usermedia permission reset camera --app ./server.js",
  ]);
}

function namesArgument(isRequired: boolean): Argument {
  return new Argument(isRequired ? "<names...>" : "[names...]", "The permissions").choices([
    ...permissionNames,
  ]);
}

function list(json: boolean, terminal: Terminal): void {
  const permissions = listPermissions();
  if (json) return terminal.printJson(permissions, 2);
  if (permissions.length === 0) return terminal.print("No program has an answer that was kept");
  const rows = permissions.map(({ application, deviceKey, name, since, state }) => [
    application.packageName ?? basename(application.path),
    name,
    state,
    deviceKey ?? "every device",
    since.slice(0, 10),
    application.path,
  ]);
  terminal.printTable(["PROGRAM", "PERMISSION", "STATE", "DEVICE", "SINCE", "PATH"], rows);
}

async function grant(
  names: readonly PermissionName[],
  { app, device }: SubjectOptions,
  terminal: Terminal,
): Promise<void> {
  const only = device === undefined ? undefined : await grantedDevice(names, device);
  const { packageName, path } = await grantPermissions(names, subjectOf(app, only));
  const who = packageName === undefined ? path : `${plainText(packageName)} (${path})`;
  terminal.print(`Granted ${said(names, only)} to ${who}`);
}

async function revoke(
  names: readonly PermissionName[],
  { app, device }: SubjectOptions,
  terminal: Terminal,
): Promise<void> {
  const only = device === undefined ? undefined : await rememberedDevice(device);
  await revokePermissions(names, subjectOf(app, only));
  terminal.print(`Revoked ${said(names, only)}${forWhom(app)}`);
}

async function reset(
  names: readonly PermissionName[],
  { app }: SubjectOptions,
  terminal: Terminal,
): Promise<void> {
  await resetPermissions(names.length === 0 ? undefined : names, subjectOf(app, undefined));
  const forgotten = names.length === 0 ? permissionNames : names;
  terminal.print(`Forgot every answer about ${forgotten.join(", ")}${forWhom(app)}`);
}

function subjectOf(app: string | undefined, device: KnownDevice | undefined) {
  return {
    ...(app === undefined ? {} : { application: app }),
    ...(device === undefined ? {} : { deviceKey: device.id }),
  };
}

function said(names: readonly PermissionName[], device: KnownDevice | undefined): string {
  const list = names.join(", ");
  return device === undefined ? list : `${list} with ${plainText(device.label)}`;
}

function forWhom(app: string | undefined): string {
  return app === undefined ? " for every program" : ` for ${app}`;
}

/** What a device of each kind needs. */
const NEEDED = {
  videoinput: "camera",
  audioinput: "microphone",
  display: "display-capture",
  systemaudio: "display-capture",
} as const;

/**
 * The device that permissions are granted for.
 * @throws CommandError when it isn't there, or isn't of the kind that each of them is about
 */
async function grantedDevice(names: readonly PermissionName[], text: string): Promise<KnownDevice> {
  const device = findDevice(await everyDevice(), text, "device");
  const needed = NEEDED[device.description.kind];
  const wrong = names.find((name) => name !== needed);
  if (wrong === undefined) return device;
  throw new CommandError(
    ExitCode.noDevice,
    `${plainText(device.label)} is no device that ${wrong} is about: it needs ${needed}`,
  );
}

/** The device that permissions are taken from: it may be unplugged, but an answer names it then. */
async function rememberedDevice(text: string): Promise<KnownDevice> {
  const keys = new Set(listPermissions().flatMap(({ deviceKey }) => deviceKey ?? []));
  if (keys.has(text)) return { id: text, label: text };
  return findDevice(await everyDevice(), text, "device");
}

async function everyDevice() {
  return await listDevices(createDeviceSources().real);
}
