import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * What is expected of one variant of a test.
 * @typedef {object} Expectation
 * @property {string} [skip] - the reason why the test isn't run at all
 * @property {Record<string, string>} [fail] - subtest (`*` stands for anything) → reason why it fails
 * @property {Record<string, string>} [unsteady] - the same for subtests that pass or fail by the machine's load
 * @property {string} [harness] - the reason why the page as a whole ends with an error or a timeout
 */

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "../expectations");

/** Reads and writes expectations: one file for a test, one entry for each variant with any. */
export class Expectations {
  #folder;

  /** @param {string} [folder] */
  constructor(folder = FOLDER) {
    this.#folder = folder;
  }

  /**
   * @param {{ path: string, variant: string }} test
   * @returns {Expectation}
   * @throws Error for an entry without a reason
   */
  of({ path, variant }) {
    const entries = this.#read(path);
    const expectation = entries[variant] ?? entries["*"] ?? {};
    for (const [pattern, reason] of reasonsOf(expectation)) {
      if (typeof reason === "string" && reason.trim() !== "") continue;
      throw new Error(`The expectations of ${path} give no reason for "${pattern}".`);
    }
    return expectation;
  }

  /** @param {Expectation} expectation - an empty one removes the entry */
  set({ path, variant }, expectation) {
    const entries = this.#read(path);
    const kept = Object.fromEntries(
      Object.entries(expectation).filter(
        ([, value]) => typeof value === "string" || Object.keys(value ?? {}).length > 0,
      ),
    );
    const key = variant in entries || !("*" in entries) ? variant : "*";
    if (Object.keys(kept).length > 0) entries[key] = kept;
    else delete entries[key];
    const file = this.#fileOf(path);
    if (Object.keys(entries).length === 0) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(entries, undefined, 2)}\n`);
  }

  #read(path) {
    const file = this.#fileOf(path);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  }

  #fileOf(path) {
    return join(this.#folder, `${path}.json`);
  }
}

function reasonsOf({ skip, harness, fail = {}, unsteady = {} }) {
  const whole = Object.entries({ skip, harness }).filter(([, reason]) => reason !== undefined);
  return [...whole, ...Object.entries(fail), ...Object.entries(unsteady)];
}
