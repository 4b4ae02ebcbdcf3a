import { execFileSync } from "node:child_process";

/**
 * Tests start capture processes and the command from `dist/`, so it must be what `src/` says. Built
 * once: what tests start builds nothing anew while others use it.
 */
export default function build(): void {
  if (process.env["USERMEDIA_IS_BUILT"] !== undefined) return;
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  execFileSync(process.execPath, ["scripts/build-entries.mjs"], { stdio: "inherit" });
  process.env["USERMEDIA_IS_BUILT"] = "1";
}
