interface Token {
  readonly text: string;
  readonly line: number;
}

/**
 * The line of each member and element of a JSON text, by its path (`"permissions.audio-capture"`),
 * for messages about single fields. A member's line is that of its name.
 *
 * @param text valid JSON.
 */
export function jsonLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const tokens = tokensOf(text);
  let next = 0;
  const take = (): Token => tokens[next++] ?? { text: "", line: 1 };
  const readMembers = (path: string, isArray: boolean): void => {
    for (let index = 0; next < tokens.length; index += 1) {
      const first = tokens[next];
      if (first?.text === "}" || first?.text === "]") break;
      const name = isArray ? String(index) : String(JSON.parse(take().text));
      const memberPath = path === "" ? name : `${path}.${name}`;
      lines.set(memberPath, first?.line ?? 1);
      if (!isArray) take();
      readValue(memberPath);
      if (tokens[next]?.text === ",") take();
    }
    take();
  };
  const readValue = (path: string): void => {
    const { text } = take();
    if (text === "{" || text === "[") readMembers(path, text === "[");
  };
  readValue("");
  return lines;
}

/** The line of a position, both counted as an editor does: from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function tokensOf(text: string): readonly Token[] {
  let [line, scanned] = [1, 0];
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gu)].map((match) => {
    line += text.slice(scanned, match.index).split("\n").length - 1;
    scanned = match.index;
    return { text: match[0], line };
  });
}
