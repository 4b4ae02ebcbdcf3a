import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const program = fileURLToPath(new URL("./collected-program.mjs", import.meta.url));

test("a device is released when nobody refers to its live track any more, and nothing uses it", async () => {
  const { stdout } = await run(process.execPath, ["--expose-gc", program]);
  const result = JSON.parse(stdout) as Record<string, unknown>;
  const collected = { isStreamCollected: true, isCollected: true };
  expect(result).toMatchObject({
    unused: { isOpen: false, ...collected },
    "clones of it": { isOpen: false, ...collected },
    read: { isOpen: true, ...collected },
    "no longer read": { isOpen: false },
    recorded: { isOpen: true, isStreamCollected: false, isCollected: false },
    "no longer recorded": { isOpen: false },
    // https://w3c.github.io/mediacapture-main/#garbage-collection-0
    "listened to": { isOpen: true, isStreamCollected: true, isCollected: false },
    again: "live",
  });
  expect(result["pictures"]).toBeGreaterThan(0);
});
