/** A program, as grants are bound to it. */
export interface Application {
  /** What a person calls it: the package's name, or the entry script's file name. */
  readonly name: string;
  /** The real path of the entry script; `undefined` for code that has no file, such as `node -e`. */
  readonly path: string | undefined;
  readonly packageName: string | undefined;
  /** The real path of the package (or of the entry script's folder where there is no package). */
  readonly folder: string;
  /**
   * What grants are kept under, the narrowest first: the entry script, then its package. Empty for a
   * program without an entry script, for which nothing can be remembered.
   */
  readonly ids: readonly string[];
}

/** The key that grants are kept under: a package name (npm's have no `:`) and a real path. */
export function applicationId(packageName: string | undefined, path: string): string {
  return `${packageName ?? ""}:${path}`;
}
