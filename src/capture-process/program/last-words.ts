const MOST_LINES = 3;
const MOST_CHARACTERS = 400;

/** What Node prints around the message of an uncaught error. */
const AROUND = [/^\s+at\s/, /^Node\.js v\d/, /^Bun v\d/, /^\s*\^+\s*$/, /^\s*[{}]\s*$/, /^\s*$/];

/** The first line of an uncaught error: its name and its message. */
const MESSAGE = /^(?:Uncaught )?(?:\w*(?:Error|Exception)\b(?: \[\w+\])?|error): /;

/** What a process that ended has printed that tells why: messages, not the stack under them. */
export function lastWords(stderr: string): string {
  const lines = stderr.split(/\r?\n/).filter((line) => !AROUND.some((part) => part.test(line)));
  const message = lines.findLastIndex((line) => MESSAGE.test(line));
  const told = message === -1 ? lines.slice(-MOST_LINES) : untilStack(stderr, lines[message] ?? "");
  return told
    .map((line) => line.trim())
    .join(" | ")
    .slice(0, MOST_CHARACTERS);
}

/** A message may have several lines; the stack follows it. */
function untilStack(stderr: string, first: string): string[] {
  const lines = stderr.slice(stderr.lastIndexOf(first)).split(/\r?\n/);
  const end = lines.findIndex((line) => AROUND.some((part) => part.test(line)));
  return lines.slice(0, end === -1 ? MOST_LINES : Math.min(end, MOST_LINES));
}
