import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";

import { describe, expect, it } from "vitest";

const SRC = "src";

/**
 * What each layer may import besides itself, in the order in which data flows. A layer is the
 * longest of these paths that a file lies under; a path that ends in `.ts` is that file alone.
 * `*` is everything.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  media: [],
  processing: ["media"],
  constraints: [],
  webidl: [],
  loopback: [],
  text: [],
  processes: [],
  permission: ["loopback", "text"],

  "backends/contract.ts": ["media"],
  backends: ["backends/contract.ts", "media", "processes"],
  "capture-process": ["backends/contract.ts", "processing", "media", "processes"],
  engine: ["backends/contract.ts", "constraints", "processing", "media"],
  sinks: ["engine", "backends/contract.ts", "constraints", "media"],
  web: [
    "webidl",
    "constraints",
    "permission/contract.ts",
    "permission",
    "engine",
    "sinks",
    "media",
    "backends/contract.ts",
  ],
  "web-audio": ["web", "sinks", "engine", "media"],
  webrtc: ["web", "sinks", "engine", "media", "backends/contract.ts"],
  cli: ["index.ts", "preview", "loopback", "text"],
  preview: ["index.ts", "loopback"],
};

/** Backends whose drivers run in the capture process speak to it; so may what they share. */
const THROUGH_CAPTURE_PROCESS = ["alsa", "avfoundation", "dshow", "file", "v4l2", "x11"];

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

/** The part of the tree that a file belongs to; each backend is one of its own. */
function layerOf(file: string): string {
  const named = Object.keys(MAY_IMPORT)
    .filter((layer) => file === layer || file.startsWith(`${layer}/`))
    .toSorted((one, other) => other.length - one.length)[0];
  const [top = "", second = "", third] = file.split("/");
  if (named === "backends" && third !== undefined) return `${top}/${second}`;
  return named ?? file;
}

function isAllowed(from: string, to: string): boolean {
  if (from === to || isInside(to, from)) return true;
  const [top = "", backend = ""] = from.split("/");
  const allowed = MAY_IMPORT[from] ?? MAY_IMPORT[top] ?? [];
  if (allowed.some((layer) => to === layer || isInside(to, layer))) return true;
  // What several backends share stands directly in their folder.
  if (top === "backends" && to === "backends") return true;
  if (to !== "capture-process") return false;
  return from === "backends" || THROUGH_CAPTURE_PROCESS.includes(backend);
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

describe("the layers of src/", () => {
  const files = sources(SRC);

  it.each(Object.keys(MAY_IMPORT))("%s imports only what it may", (layer) => {
    const wrong = files
      .filter((file) => {
        const own = layerOf(file);
        return own === layer || (layer === "backends" && isInside(own, layer));
      })
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !isAllowed(layerOf(file), layerOf(target)))
          .map((target) => `${file} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("reads imports at all, in every layer that has some", () => {
    const count = (layer: string) =>
      files.filter((file) => isInside(file, layer)).flatMap(importsOf).length;
    const unread = ["backends", "capture-process", "engine", "media", "permission", "sinks", "web"];
    expect(unread.filter((layer) => count(layer) === 0)).toEqual([]);
  });

  it("has one place that names concrete backends: the files at its top", () => {
    const naming = files.filter((file) =>
      importsOf(file).some((path) => /^backends\/[\w-]+\//.test(path)),
    );
    const outside = naming.filter((file) => file.includes("/") && !file.startsWith("backends/"));
    expect(outside.filter((file) => !file.startsWith("testing/"))).toEqual([]);
  });

  it("has no import that goes round in a circle between files", () => {
    const graph = new Map(files.map((file) => [file, valueImportsOf(file)]));
    expect(findCircle(graph)).toEqual([]);
  });
});

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
