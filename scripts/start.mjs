// `npm start`: from a fresh checkout to five seconds of what this machine's devices see and hear.
import { spawnSync } from "node:child_process";
import { build, installNpmPackages, requireNode } from "./setup.mjs";

requireNode();
installNpmPackages();
build();
const record = [
  "dist/entries/cli.js",
  "record",
  "--fallback",
  "--force",
  "--duration",
  "5s",
  "recording.webm",
];
const { status } = spawnSync(process.execPath, record, { stdio: "inherit" });
process.exitCode = status ?? 1;
