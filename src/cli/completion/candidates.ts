import type { Command, Option } from "commander";

import { plainText } from "../../host/plain-text.ts";
import { createDeviceSources } from "../devices/device-sources.ts";
import { type KnownDevice, listDevices, listOutputs } from "../devices/listed-device.ts";

/** The shell offers files, or folders, itself. No value begins with a colon. */
const FILES = ":files";
const FOLDERS = ":folders";

/** A word that may follow, and what it means. */
interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What the values of options are that have no fixed choices. */
const VALUES: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  "--video": async () => [...(await devicesOf("videoinput")), "synthetic", FILES],
  "--audio": async () => [...(await devicesOf("audioinput")), "synthetic", FILES],
  "--output": async () => linesOf(await listOutputs(createDeviceSources().real)),
  "--device": async () => await devicesOf(),
  "--app": async () => [FILES],
  "--folder": async () => [FOLDERS],
};

/**
 * What may stand for the last of the words, a line each: a value and, behind a tab, its description;
 * or `:files`, `:folders`. The shell leaves out what doesn't begin as the word does.
 */
export async function candidates(
  program: Command,
  words: readonly string[],
): Promise<readonly string[]> {
  const current = words.at(-1) ?? "";
  const { command, operands, option } = read(program, words.slice(0, -1));
  if (option !== undefined && (option.required || !current.startsWith("-"))) {
    const values = option.argChoices ?? (await VALUES[option.long ?? ""]?.()) ?? [];
    // An option that goes without a value may be followed by the command's argument.
    return [...new Set([...values, ...(option.required ? [] : operandsOf(command, operands))])];
  }
  if (current.startsWith("-")) return optionsOf(command).map(line);
  const subcommands = command.createHelp().visibleCommands(command);
  if (operands === 0 && subcommands.length > 0) {
    return subcommands.map((sub) => line({ value: sub.name(), description: sub.description() }));
  }
  return operandsOf(command, operands);
}

interface Read {
  readonly command: Command;
  /** How many arguments it has already. */
  readonly operands: number;
  /** The option whose value comes next. */
  readonly option: Option | undefined;
}

/** Which command the words are of, and where they end. */
function read(program: Command, words: readonly string[]): Read {
  let [command, operands]: [Command, number] = [program, 0];
  let option: Option | undefined;
  for (const word of words) {
    const isValue: boolean = option !== undefined && !word.startsWith("-");
    option = isValue
      ? undefined
      : command.options.find(({ long, short }) => [long, short].includes(word));
    if (isValue) continue;
    if (option !== undefined && !option.required && !option.optional) option = undefined;
    if (word.startsWith("-")) continue;
    const sub = command.commands.find((known) => known.name() === word);
    if (sub === undefined) operands += 1;
    else command = sub;
  }
  return { command, operands, option };
}

function optionsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ description, long, short }) => ({ value: long ?? short ?? "", description }));
}

function operandsOf(command: Command, count: number): readonly string[] {
  const known = command.registeredArguments;
  const argument = known[count] ?? known.find(({ variadic }) => variadic);
  if (argument === undefined) return [];
  return argument.argChoices ?? [FILES];
}

async function devicesOf(kind?: "videoinput" | "audioinput"): Promise<readonly string[]> {
  const devices = await listDevices(createDeviceSources().real);
  return linesOf(
    devices.filter(({ description }) => kind === undefined || description.kind === kind),
  );
}

function linesOf(devices: readonly KnownDevice[]): readonly string[] {
  return devices.map(({ id, label }) =>
    line({ value: plainText(id), description: plainText(label) }),
  );
}

function line({ description, value }: Candidate): string {
  return `${value}\t${description}`;
}
