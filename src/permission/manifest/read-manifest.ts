import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "../application/application.ts";
import type { PermissionName } from "../contract.ts";
import { manifestNames, type Manifest } from "./manifest.ts";
import { parseManifest, type ManifestReading } from "./parse-manifest.ts";

const places = [
  { file: "package.json", field: "usermedia" },
  { file: "manifest.webapp", field: "" },
  { file: "manifest.json", field: "" },
] as const;

const none: Manifest = { reason: () => undefined, refusal: () => undefined };

/**
 * The manifest of an application: `"usermedia"` in its `package.json`, or else `manifest.webapp` or
 * `manifest.json` beside it. It is read once, when it is first needed.
 */
export function readManifest({ path, folder }: Pick<Application, "path" | "folder">): Manifest {
  // A program without a file has no folder of its own.
  if (path === undefined) return none;
  let manifest: Manifest | undefined;
  const read = (): Manifest => (manifest ??= firstManifest(folder));
  return { reason: (name) => read().reason(name), refusal: (name) => read().refusal(name) };
}

function firstManifest(folder: string): Manifest {
  for (const { file: name, field } of places) {
    const file = join(folder, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) continue;
    const text = readText(file);
    if (text === undefined) {
      return asManifest(file, field, { status: "malformed", problem: "which can't be read" });
    }
    if (name === "manifest.json" && !isOurs(text)) continue;
    const reading = parseManifest(text, field);
    if (reading.status !== "silent") return asManifest(file, field, reading);
  }
  return none;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Web apps and browser extensions have a `manifest.json` too. Theirs have no permissions, or a list
 * of names in place of the object; one that isn't JSON says nothing to us either way.
 */
function isOurs(text: string): boolean {
  const reading = parseManifest(text, "");
  if (reading.status === "malformed") return /"(?:audio|video|display)-capture"\s*:/u.test(text);
  return reading.status === "declares";
}

function asManifest(
  file: string,
  field: string,
  reading: Exclude<ManifestReading, { status: "silent" }>,
): Manifest {
  if (reading.status === "malformed") {
    const problem = `The manifest can't be understood. ${file}, ${reading.problem}`;
    return { reason: () => undefined, refusal: () => problem };
  }
  const { permissions, line } = reading;
  const path = field === "" ? "permissions" : `${field}.permissions`;
  return {
    reason: (name) => permissions[manifestNames[name]]?.description,
    refusal: (name) =>
      permissions[manifestNames[name]] === undefined
        ? `${file} has a manifest that doesn't declare ${name}. Add under "${path}" (line ${line}): ` +
          missingLine(name)
        : undefined,
  };
}

function missingLine(name: PermissionName): string {
  return `"${manifestNames[name]}": { "description": "why the program wants it" }`;
}
