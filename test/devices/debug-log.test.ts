import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

const PROGRAM = `
  import { navigator } from "node-usermedia";
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320 } });
  stream.getTracks()[0].stop();
  await navigator.mediaDevices.getUserMedia({ video: { width: { exact: 100_000 } } }).catch(() => {});
`;

async function standardError(debug: string): Promise<string> {
  // The package is resolved by its own name, as an installed one would be.
  const script = join("dist", `debug-log-${process.pid}.mjs`);
  await writeFile(script, PROGRAM);
  try {
    const env = { ...process.env, USERMEDIA_BACKENDS: "synthetic", NODE_DEBUG: debug };
    return (await run(process.execPath, [script], { env })).stderr;
  } finally {
    await rm(script);
  }
}

test("NODE_DEBUG=usermedia prints what the package does, and why a call fails", async () => {
  const printed = await standardError("usermedia");
  expect(printed).toMatch(/^USERMEDIA \d+: getUserMedia\(.*"width":320/m);
  expect(printed).toMatch(/open synthetic:\S+ .*"kind":"video"/);
  expect(printed).toMatch(/getUserMedia\(\) resolves/);
  expect(printed).toMatch(/getUserMedia\(\) rejects: OverconstrainedError/);
});

test("without it nothing is printed", async () => {
  expect(await standardError("")).toBe("");
});
