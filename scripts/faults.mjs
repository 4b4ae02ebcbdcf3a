// `npm run faults`: the long form of the faults' tests; the short one is part of `npm test`.
import { spawnSync } from "node:child_process";

const env = { ...process.env, USERMEDIA_FAULTS: "long" };
const args = ["vitest", "run", "test/faults", ...process.argv.slice(2)];
const { status } = spawnSync("npx", args, { stdio: "inherit", env });
process.exitCode = status ?? 1;
