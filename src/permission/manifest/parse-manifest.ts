import * as v from "valibot";
import { jsonLines, lineAt } from "./json-positions.ts";

const saysWhy = "says in a sentence why it is wanted";

const declaration = v.object(
  {
    description: v.pipe(
      v.string(saysWhy),
      v.trim(),
      v.nonEmpty(saysWhy),
      v.maxLength(500, "has at most 500 characters"),
    ),
  },
  ({ expected }) => (expected === "Object" ? "must be an object" : saysWhy),
);

const permissionsSchema = v.object({
  "audio-capture": v.exactOptional(declaration),
  "video-capture": v.exactOptional(declaration),
  "display-capture": v.exactOptional(declaration),
});

/** What a manifest declares. */
export type Declarations = v.InferOutput<typeof permissionsSchema>;

/** What a file says: declarations, nothing about permissions, or why it can't be understood. */
export type ManifestReading =
  | { readonly status: "declares"; readonly permissions: Declarations; readonly line: number }
  | { readonly status: "silent" }
  | { readonly status: "malformed"; readonly problem: string };

/**
 * Reads a manifest's text.
 *
 * @param field where the manifest stands in the file; empty for the whole file.
 */
export function parseManifest(text: string, field: "usermedia" | ""): ManifestReading {
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const content = parseJson(json);
  if (content.status === "malformed") return content;
  const root = field === "" ? content.value : memberOf(content.value, field);
  if (root === undefined) return { status: "silent" };
  const lines = jsonLines(json);
  const at = (path: string): string => `line ${lines.get(path) ?? 1}: ${path || "the file"}`;
  if (!isObject(root)) return { status: "malformed", problem: `${at(field)} must be an object` };
  const permissions = memberOf(root, "permissions");
  if (permissions === undefined) return { status: "silent" };
  const path = field === "" ? "permissions" : `${field}.permissions`;
  if (!isObject(permissions)) {
    return { status: "malformed", problem: `${at(path)} must be an object` };
  }
  const result = v.safeParse(permissionsSchema, permissions);
  if (result.success) {
    return { status: "declares", permissions: result.output, line: lines.get(path) ?? 1 };
  }
  const [issue] = result.issues;
  const problemPath = `${path}.${v.getDotPath(issue) ?? ""}`;
  const known = nearestKnown(problemPath, lines);
  return {
    status: "malformed",
    problem: `line ${lines.get(known) ?? 1}: ${problemPath} ${issue.message}`,
  };
}

function parseJson(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return { status: "parsed", value } as const;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/u.exec(message)?.[1] ?? text.length);
    return { status: "malformed", problem: `line ${lineAt(text, position)}: ${message}` } as const;
  }
}

/** A field that is missing has the line of what it is missing from. */
function nearestKnown(path: string, lines: ReadonlyMap<string, number>): string {
  if (lines.has(path) || !path.includes(".")) return path;
  return nearestKnown(path.slice(0, path.lastIndexOf(".")), lines);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
