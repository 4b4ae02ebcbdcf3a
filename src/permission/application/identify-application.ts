import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { applicationId, type Application } from "./application.ts";
import { resolveScript } from "./entry-script.ts";

/**
 * The application that a script is.
 *
 * @param script what Node was told to run, as {@link entryScript} has it; `undefined` for a program
 * without a file.
 */
export function runningApplication(script: string | undefined): Application {
  const path = script === undefined ? undefined : realPath(resolveScript(resolve(script)));
  if (path !== undefined) return applicationOf(path);
  const folder = process.cwd();
  return { name: "a script without a file", path, packageName: undefined, folder, ids: [] };
}

/**
 * The application that a person names: by a script, or by a folder for every script of its package.
 *
 * @returns `undefined` where there is neither.
 */
export function namedApplication(path: string): Application | undefined {
  const found = realPath(path) ?? realPath(resolveScript(resolve(path)));
  return found === undefined ? undefined : applicationOf(found);
}

function applicationOf(path: string): Application {
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
function nearestPackageFile(folder: string): string | undefined {
  const file = join(folder, "package.json");
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackageFile(parent);
}

function realPath(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    // As the disk writes it: Windows and macOS find a file by other cases of its name too.
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
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
