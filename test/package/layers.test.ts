import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";

import { describe, expect, it } from "vitest";

const SRC = "src";

/** The table of docs/architecture.md: what each room may import besides itself. */
const rooms = readTable(readFileSync("docs/architecture.md", "utf8"));

function readTable(page: string): ReadonlyMap<string, readonly string[]> {
  const rows = page.matchAll(/^\| `([^`]+)` \|[^|]*\| ([^|]*)\|$/gm);
  return new Map(
    [...rows].map(([, room = "", imports = ""]) => [
      room.replace(/\/$/, ""),
      imports
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean),
    ]),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.split(sep).join("/"));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const statements = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)"/g);
  return [...statements].map(([, path = ""]) =>
    normalize(join(dirname(file), path))
      .split(sep)
      .join("/"),
  );
}

/** The room that a file lies in: a folder of `src/`, or a file directly in it. */
function roomOf(file: string): string {
  return file.split("/")[0] ?? file;
}

/** The backend that a file belongs to; undefined for what several backends share. */
function backendOf(file: string): string | undefined {
  const [top, backend, inside] = file.split("/");
  return top === "backends" && inside !== undefined ? backend : undefined;
}

function isAllowed(from: string, to: string): boolean {
  const own = backendOf(from);
  const other = backendOf(to);
  if (roomOf(from) === "backends" && other !== undefined && other !== own) return false;
  if (roomOf(from) === roomOf(to)) return true;
  return (rooms.get(roomOf(from)) ?? []).some((room) => to === room || isInside(to, room));
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

describe("the rooms of src/", () => {
  const files = sources(SRC);

  it("are the rows of the table in docs/architecture.md", () => {
    expect([...rooms.keys()].toSorted()).toEqual([...new Set(files.map(roomOf))].toSorted());
  });

  it.each([...rooms.keys()])("%s imports only what the table says", (room) => {
    const wrong = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !isAllowed(file, target))
          .map((target) => `${file} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it.each([...rooms])("%s may import nothing that it doesn't", (room, allowed) => {
    const imported = files.filter((file) => roomOf(file) === room).flatMap(importsOf);
    const unused = allowed.filter(
      (name) => !imported.some((target) => target === name || isInside(target, name)),
    );
    expect(unused).toEqual([]);
  });

  it("have an order: each imports only rows above its own", () => {
    const order = [...rooms.keys()];
    const upward = [...rooms].flatMap(([room, allowed]) =>
      allowed
        .filter((name) => order.indexOf(roomOf(name)) > order.indexOf(room))
        .map((name) => `${room} may import ${name}`),
    );
    expect(upward).toEqual([]);
  });

  it("have no import that goes round in a circle between files", () => {
    const graph = new Map(files.map((file) => [file, valueImportsOf(file)]));
    expect(findCircle(graph)).toEqual([]);
  });

  it("have at most some twenty files in a folder", () => {
    const folders = [...new Set(files.map((file) => dirname(file)))];
    const filesIn = (folder: string) => files.filter((file) => dirname(file) === folder).length;
    expect(folders.filter((folder) => filesIn(folder) > 25).toSorted()).toEqual(CROWDED);
  });
});

/** Folders that still hold more than one family. */
const CROWDED = ["backends/pulse", "capture-process/child"];

/** Imports that exist at run time: types alone may go round in a circle. */
function valueImportsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const statements = text.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+"(\.[^"]+)"/gm);
  return [...statements]
    .filter(([statement]) => !/\{\s*(?:type\s+\w+,?\s*)+\}/.test(statement))
    .map(([, path = ""]) =>
      relative(".", join(dirname(file), path))
        .split(sep)
        .join("/"),
    );
}

function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
