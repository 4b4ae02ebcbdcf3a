import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Packages from npm that tests run as tools, in a folder of their own that is kept on the machine.
 *
 * @param specs - by the name under which each is installed; a change of them makes another folder
 * @param more - options of npm
 * @returns its `node_modules`
 */
export async function fromNpm(
  specs: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): Promise<string> {
  const packages = Object.entries(specs).map(([name, spec]) => `${name}@${spec}`);
  const folder = join(
    homedir(),
    ".cache",
    "usermedia",
    packages.join("+").replaceAll(/[/:]/g, "-"),
  );
  const modules = join(folder, "node_modules");
  if (existsSync(join(modules, ".package-lock.json"))) return modules;
  await mkdir(folder, { recursive: true });
  const options = ["--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...options, ...more, ...packages]);
  return modules;
}
