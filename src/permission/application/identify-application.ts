import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { applicationId, type Application } from "./application.ts";

/**
 * The application that an entry script is, or that a folder holds.
 *
 * @param entry the entry script or a folder; `undefined` for a program without one.
 */
export function identifyApplication(entry: string | undefined): Application {
  const path = entry === undefined ? undefined : existingPath(entry);
  if (path === undefined) {
    const folder = process.cwd();
    return { name: "a script without a file", path, packageName: undefined, folder, ids: [] };
  }
  const isFolder = statSync(path).isDirectory();
  const start = isFolder ? path : dirname(path);
  const packageFile = nearestPackageFile(start);
  const packageName = packageFile && packageNameIn(packageFile);
  const folder = packageFile === undefined ? start : dirname(packageFile);
  const folderId = applicationId(packageName, folder);
  return {
    name: packageName ?? basename(path),
    path: isFolder ? undefined : path,
    packageName,
    folder,
    ids: isFolder ? [folderId] : [applicationId(packageName, path), folderId],
  };
}

/** The `package.json` of the innermost folder that has one, as Node looks it up. */
export function nearestPackageFile(folder: string): string | undefined {
  const file = join(folder, "package.json");
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackageFile(parent);
}

/** `node main` runs `main.js`: Node leaves the argument as it was typed. */
function existingPath(entry: string): string | undefined {
  for (const candidate of [entry, `${entry}.js`, `${entry}.cjs`, `${entry}.mjs`]) {
    try {
      return realpathSync(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** A damaged `package.json` names nothing; the manifest's reader says what is wrong with it. */
function packageNameIn(file: string): string | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof content !== "object" || content === null || !("name" in content)) return undefined;
    return typeof content.name === "string" && content.name !== "" ? content.name : undefined;
  } catch {
    return undefined;
  }
}
