/** A process that runs the tests it is sent, one after another. Its parent kills it when one hangs. */
import type { Test } from "./corpus.ts";
import { createResponder } from "./respond.ts";
import type { Result } from "./result.ts";
import { runTest } from "./run-test.ts";

const respond = createResponder(process.argv[2] ?? "");
const send = (message: Result | "ready"): void => void process.send?.(message);

// What a page's script leaves behind must not end the process: the test has reported it already.
process.on("unhandledRejection", () => {});
process.on("uncaughtException", (error) => process.stderr.write(`${error.stack}\n`));

process.on("message", (test: Test) => {
  runTest(test, respond).then(send, (error: Error) =>
    send({ harness: { status: "ERROR", message: error.stack ?? error.message }, subtests: [] }),
  );
});
send("ready");
