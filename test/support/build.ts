import { execFileSync } from "node:child_process";

/** Tests start capture processes and the command from `dist/`, so it must be what `src/` says. */
export default function build(): void {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  execFileSync(process.execPath, ["scripts/build-entries.mjs"], { stdio: "inherit" });
}
