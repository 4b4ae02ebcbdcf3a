import type { Command, Option } from "commander";

/**
 * In `record --screen out.webm` the last word is the file, though an option before it could have it
 * as its value: a command must have a file, and such an option may go without. So the file is moved
 * to the front, where it can't be taken for anything else.
 *
 * @param words the command, and what follows it
 */
export function fileBeforeOptions(words: readonly string[], program: Command): string[] {
  const [name = "", ...rest] = words;
  const command = program.commands.find((known) => known.name() === name);
  const needsOne = command?.registeredArguments.filter(({ required }) => required).length === 1;
  const last = rest.at(-1);
  if (command === undefined || !needsOne || last === undefined || isOption(last)) return [...words];
  const isFree = rest.some((word, at) => !isOption(word) && !mayBeValue(rest[at - 1], command));
  // A value that must be there stays where it is; then the file is missing, and that is said.
  if (isFree || optionOf(rest.at(-2), command)?.required === true) return [...words];
  return [name, last, ...rest.slice(0, -1)];
}

/** `-` alone is the standard output. */
function isOption(word: string): boolean {
  return word.startsWith("-") && word !== "-";
}

/** Whether the word after this one is its value, or could be. */
function mayBeValue(word: string | undefined, command: Command): boolean {
  const option = optionOf(word, command);
  return option !== undefined && (option.required || option.optional);
}

function optionOf(word: string | undefined, command: Command): Option | undefined {
  if (word === undefined || !isOption(word)) return undefined;
  return command.options.find(({ long, short }) => [long, short].includes(word));
}
