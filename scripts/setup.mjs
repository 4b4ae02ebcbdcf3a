// Brings a fresh checkout to where it can run: npm packages, and for the tests Debian packages.
// Plain JavaScript on Node's own modules, since it runs before anything is installed.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";

const MINIMUM_NODE = [20, 19];

/** Exits with one clear line when this Node.js is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  console.error(
    `usermedia needs Node.js ${MINIMUM_NODE.join(".")} or newer; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

/** Installs what the lock file says, unless that is there already. */
export function installNpmPackages() {
  const installed = "node_modules/.package-lock.json";
  const upToDate =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs;
  if (upToDate) return;
  console.log("Installing npm packages …");
  // Not `npm ci`: it refuses a lock file written where a registry lacked another platform's binary.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]);
}

/** Compiles `src/` to `dist/`. */
export function build() {
  run("npm", ["run", "--silent", "build"]);
}

/**
 * Installs the Debian packages that the tests use.
 * @returns {string[]} the names that are still missing
 */
export function installDebianPackages() {
  const missing = missingDebianPackages();
  if (missing.length === 0) return [];
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!canInstall) return missing;
  console.log(`Installing Debian packages: ${missing.join(" ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "inherit" });
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...missing];
  const result = spawnSync("apt-get", install, { env, encoding: "utf8" });
  if (result.status !== 0) console.error(result.stderr);
  return missingDebianPackages();
}

function missingDebianPackages() {
  const wanted = readFileSync("scripts/debian-packages.txt", "utf8")
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter(Boolean);
  return wanted.filter((name) => {
    const query = spawnSync("dpkg-query", ["-W", "-f=${Status}", name], { encoding: "utf8" });
    return !query.stdout?.includes("install ok installed");
  });
}

function run(command, args) {
  // npm is a script of another name on Windows, which only a shell finds.
  execFileSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
}
