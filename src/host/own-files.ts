/**
 * Finds this package's files and its users' libraries on the disk. A bundler that takes the package
 * into a program leaves `dist/entries` behind, so the way from `import.meta.url` alone isn't enough.
 *
 * Nothing is imported here: to import the package with virtual devices alone loads no module of
 * Node's, and nothing is looked for before a device or an encoder is opened.
 *
 * @module
 */

/** A program of this package that runs as a process of its own. */
export type OwnProgram = "capture-process" | "echo-canceller";

const paths = new Map<OwnProgram, string | undefined>();

/** Where a program of this package is; undefined where neither the package nor a copy of it is found. */
export function findOwnProgram(name: OwnProgram): string | undefined {
  // A package that is being installed may be there the next time.
  if (paths.get(name) === undefined) paths.set(name, find(name));
  return paths.get(name);
}

/**
 * Loads a CommonJS library that the program installed beside this package.
 * @throws Error of `require()` where it isn't installed
 */
export function requireInstalled(name: string): unknown {
  let failure: unknown = new Error(
    `Cannot find package '${name}'. Install it: npm install ${name}`,
  );
  for (const place of places()) {
    try {
      return requireFrom(place)(name);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** `require` as a file has it. Not imported: bundlers would try to follow what is required. */
export function requireFrom(place: string): NodeJS.Require {
  return process.getBuiltinModule("node:module").createRequire(place);
}

function find(name: OwnProgram): string | undefined {
  const { existsSync } = process.getBuiltinModule("node:fs");
  const candidates = places().flatMap((place) => [inPackage(place, name), beside(place, name)]);
  return candidates.find((path) => path !== undefined && existsSync(path));
}

function inPackage(place: string, name: OwnProgram): string | undefined {
  try {
    const { dirname, join } = process.getBuiltinModule("node:path");
    const manifest = requireFrom(place).resolve("node-usermedia/package.json");
    return join(dirname(manifest), "dist", "entries", `${name}.js`);
  } catch {
    return undefined;
  }
}

/** A copy that a program's build put beside its bundle. */
function beside(place: string, name: OwnProgram): string {
  const { dirname, join } = process.getBuiltinModule("node:path");
  return join(dirname(place), `${name}.js`);
}

/**
 * Files whose `node_modules` may hold this package: this one, or the bundle that it became part of,
 * and the program. Never the working directory, which may be anybody's.
 */
function places(): string[] {
  const { isAbsolute } = process.getBuiltinModule("node:path");
  const { fileURLToPath } = process.getBuiltinModule("node:url");
  const url = import.meta.url as string | undefined;
  const own = url?.startsWith("file:") ? fileURLToPath(url) : undefined;
  const places = [own, commonJsFile(), process.argv[1]];
  return places.filter((place) => place !== undefined).filter(isAbsolute);
}

/** Bundles in CommonJS have no `import.meta.url`; modules have no `__filename`, whatever bundlers say. */
function commonJsFile(): string | undefined {
  try {
    return __filename;
  } catch {
    return undefined;
  }
}
