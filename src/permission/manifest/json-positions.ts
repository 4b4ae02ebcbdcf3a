/**
 * The line on which each value of a JSON text begins, by its path (`"permissions.audio-capture"`),
 * for messages about single fields.
 *
 * @param text valid JSON.
 */
export function jsonLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gu);
  const containers: { path: string; key: string; index: number; isArray: boolean }[] = [];
  let pendingKey = "";
  let [line, scanned] = [1, 0];
  for (const { 0: token, index } of tokens) {
    line += text.slice(scanned, index).split("\n").length - 1;
    scanned = index;
    const container = containers.at(-1);
    if (token === "}" || token === "]") containers.pop();
    else if (token === ":" && container !== undefined) container.key = pendingKey;
    else if (token === "," && container !== undefined) {
      container.index += 1;
      container.key = "";
    } else {
      const isKey = container !== undefined && !container.isArray && container.key === "";
      if (isKey) pendingKey = asKey(token);
      if (isKey && !lines.has(joined(container.path, pendingKey))) {
        lines.set(joined(container.path, pendingKey), line);
      }
      const key = container?.isArray === true ? String(container.index) : (container?.key ?? "");
      const path = container === undefined ? "" : joined(container.path, key);
      if (container?.isArray === true) lines.set(path, line);
      if (token === "{" || token === "[") {
        containers.push({ path, key: "", index: 0, isArray: token === "[" });
      }
    }
  }
  return lines;
}

/** The line of a position, both counted as an editor does: from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function asKey(token: string): string {
  const key: unknown = JSON.parse(token);
  return String(key);
}
