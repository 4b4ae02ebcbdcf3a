/** What is known of a command: its name, how many arguments it needs, and its options. */
interface KnownCommand {
  readonly name: string;
  readonly args: readonly { readonly required: boolean }[];
  readonly options: readonly KnownOption[];
}

interface KnownOption {
  /** As it was written, such as `"--video [choice]"`. */
  readonly rawName: string;
  /** Without dashes. */
  readonly names: readonly string[];
}

/**
 * In `record --screen out.webm` the last word is the file, though an option before it could have it
 * as its value: a command must have a file, and such an option may go without. So the file is moved
 * to the front, where it can't be taken for anything else.
 *
 * @param argv the program's own two words, the command, and what follows it
 */
export function fileBeforeOptions(
  argv: readonly string[],
  commands: readonly KnownCommand[],
): string[] {
  const [node = "", script = "", name = "", ...words] = argv;
  const command = commands.find((known) => known.name === name);
  const needsOne = command?.args.filter(({ required }) => required).length === 1;
  const last = words.at(-1);
  if (command === undefined || !needsOne || last === undefined || isOption(last)) return [...argv];
  const isFree = words.some((word, at) => !isOption(word) && !mayBeValue(words[at - 1], command));
  // A value that must be there stays where it is; then the file is missing, and that is said.
  if (isFree || needsValue(words.at(-2), command)) return [...argv];
  return [node, script, name, last, ...words.slice(0, -1)];
}

function isOption(word: string): boolean {
  return word.startsWith("-");
}

/** Whether the word after this one is its value, or could be. */
function mayBeValue(word: string | undefined, command: KnownCommand): boolean {
  return /[<[]/.test(optionOf(word, command)?.rawName ?? "");
}

function needsValue(word: string | undefined, command: KnownCommand): boolean {
  return (optionOf(word, command)?.rawName ?? "").includes("<");
}

function optionOf(word: string | undefined, { options }: KnownCommand): KnownOption | undefined {
  if (word === undefined || !isOption(word)) return undefined;
  const name = word.replace(/^--?/, "");
  return options.find(({ names }) => names.includes(name));
}
