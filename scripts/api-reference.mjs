// Writes docs/api/ from the docstrings. `--check` writes nothing: it fails where docs/api/ isn't what
// the docstrings say, a public symbol has none, or a signature mentions what can't be imported.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

const COMMITTED = "docs/api";

if (process.argv.includes("--check")) {
  const fresh = mkdtempSync(join(tmpdir(), "usermedia-api-"));
  try {
    write(fresh);
    const [before, now] = [contents(COMMITTED), contents(fresh)];
    const names = new Set([...before.keys(), ...now.keys()]);
    const changed = [...names].filter((name) => before.get(name) !== now.get(name));
    if (changed.length > 0) {
      const files = changed.map((name) => join(COMMITTED, name)).join(", ");
      console.error(`Not what the docstrings say: ${files}. Run npm run docs:api and commit it.`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(fresh, { recursive: true });
  }
} else {
  write(COMMITTED);
}

function write(folder) {
  const typedoc = "node_modules/typedoc/bin/typedoc";
  const { status } = spawnSync(process.execPath, [typedoc, "--logLevel", "Warn", "--out", folder], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

function contents(folder) {
  return new Map(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}
