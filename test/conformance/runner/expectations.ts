import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Test } from "./corpus.ts";

/** What is expected of one variant of a test. Every text is a reason, in one line. */
export interface Expectation {
  /** Why the test isn't run at all. */
  readonly skip?: string | undefined;
  /** Why the page as a whole ends with an error or a timeout. */
  readonly harness?: string | undefined;
  /** Why subtests fail, by name; `*` stands for anything. */
  readonly fail?: Readonly<Record<string, string>>;
  /** Why subtests that a browser makes of what it finds aren't made here. */
  readonly absent?: Readonly<Record<string, string>>;
  /** The same for subtests that pass or fail by the machine's load. */
  readonly unsteady?: Readonly<Record<string, string>>;
}

/** One file's content: expectations by variant; `*` for those without an entry of their own. */
type Entries = Record<string, Expectation>;

const FOLDER = fileURLToPath(new URL("../expectations", import.meta.url));

/** Reads and writes expectations: one file for a test. */
export class Expectations {
  readonly #folder: string;

  constructor(folder: string = FOLDER) {
    this.#folder = folder;
  }

  /** @throws Error for an entry without a reason */
  of({ path, variant }: Pick<Test, "path" | "variant">): Expectation {
    const entries = this.#read(path);
    const expectation = entries[variant] ?? entries["*"] ?? {};
    for (const [name, reason] of reasonsOf(expectation)) {
      if (reason.trim() !== "") continue;
      throw new Error(`The expectations of ${path} give no reason for "${name}".`);
    }
    return expectation;
  }

  /** @param expectation - an empty one removes the entry */
  set({ path, variant }: Pick<Test, "path" | "variant">, expectation: Expectation): void {
    const entries = this.#read(path);
    const key = variant in entries || !("*" in entries) ? variant : "*";
    const kept = Object.entries(expectation).filter(([, value]) => !isEmpty(value));
    if (kept.length > 0) entries[key] = Object.fromEntries(kept) as Expectation;
    else delete entries[key];
    const file = this.#fileOf(path);
    if (Object.keys(entries).length === 0) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(entries, undefined, 2)}\n`);
  }

  /** Those of tests and variants that aren't among these, which are all that there are. */
  orphans(tests: readonly Pick<Test, "path" | "variant">[]): string[] {
    const variants = new Map<string, string[]>();
    for (const { path, variant } of tests) {
      variants.set(path, [...(variants.get(path) ?? []), variant]);
    }
    const files = existsSync(this.#folder) ? readdirSync(this.#folder, { recursive: true }) : [];
    const paths = files.map(String).filter((file) => file.endsWith(".json"));
    return paths.sort().flatMap((file) => {
      const path = `/${file.slice(0, -".json".length)}`;
      const known = variants.get(path);
      if (!known) return [`the expectations name no test: ${path}`];
      const others = Object.keys(this.#read(path)).filter(
        (key) => key !== "*" && !known.includes(key),
      );
      return others.map((variant) => `the expectations name no variant: ${path}${variant}`);
    });
  }

  #read(path: string): Entries {
    const file = this.#fileOf(path);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Entries) : {};
  }

  #fileOf(path: string): string {
    return join(this.#folder, `${path}.json`);
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0)
  );
}

function reasonsOf({ absent, fail, harness, skip, unsteady }: Expectation): [string, string][] {
  const whole = Object.entries({ skip, harness }).flatMap(([name, reason]) =>
    reason === undefined ? [] : [[name, reason] as [string, string]],
  );
  return [...whole, ...Object.entries({ ...absent, ...fail, ...unsteady })];
}
