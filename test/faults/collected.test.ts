import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** A track that nobody can reach any more goes on capturing; its device is closed by `close()`. */
const PROGRAM = `
  import { createMediaCapture, createPermissionBroker, syntheticDevices } from "./dist/index.js";
  const permission = createPermissionBroker({ environment: {} });
  const capture = createMediaCapture({ backends: [syntheticDevices()], permission });
  const open = async () => {
    const stream = await capture.mediaDevices.getUserMedia({ video: { width: 96, height: 96 } });
    return new WeakRef(stream);
  };
  const streams = [];
  for (let count = 0; count < 50; count++) streams.push(await open());
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    gc();
  }
  const again = await capture.mediaDevices.getUserMedia({ video: true });
  const collected = streams.filter((stream) => stream.deref() === undefined).length;
  await capture.close();
  console.log(JSON.stringify({ collected, state: again.getTracks()[0].readyState }));
`;

test("streams nobody refers to are collected; capturing goes on and the program still ends", async () => {
  const args = ["--expose-gc", "--input-type=module", "-e", PROGRAM];
  const { stdout } = await run(process.execPath, args);
  const { collected, state } = JSON.parse(stdout) as { collected: number; state: string };
  expect(collected).toBeGreaterThan(40);
  expect(state).toBe("ended");
});
