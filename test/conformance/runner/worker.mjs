/** A process that runs the tests it is sent, one after another. Its parent kills it when one hangs. */
import { createResponder } from "./respond.mjs";
import { runTest } from "./run-test.mjs";
import { installVirtualCapture } from "./virtual-capture.mjs";

const respond = createResponder(process.argv[2]);

// What a page's script leaves behind must not end the process: the test has reported it already.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});

process.on("message", async (test) => {
  try {
    process.send(await runTest(test, { respond, install: installVirtualCapture }));
  } catch (error) {
    process.send({ harness: { status: "ERROR", message: error.stack }, subtests: [] });
  }
});
process.send("ready");
