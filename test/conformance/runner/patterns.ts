export interface Pattern {
  readonly text: string;
  readonly reason: string;
  matches(name: string): boolean;
}

/** The patterns of a table of reasons, in which `*` stands for any text. */
export function patternsOf(table: Readonly<Record<string, string>> = {}): Pattern[] {
  return Object.entries(table).map(([text, reason]) => {
    const whole = new RegExp(`^${text.split("*").map(escape).join(".*")}$`, "s");
    // A name that has a star itself is matched as it is, too.
    return { text, reason, matches: (name) => name === text || whole.test(name) };
  });
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
