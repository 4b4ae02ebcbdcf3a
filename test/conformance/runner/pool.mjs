import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const WORKER = fileURLToPath(new URL("worker.mjs", import.meta.url));

/** The harness gives a test 10 s, or 60 s where it asks for them; this much more is for the page around it. */
const GRACE_MS = 10_000;

/**
 * Runs tests in parallel processes. One that hangs or crashes is its own result, and its process is
 * replaced.
 *
 * @param {string} corpus
 * @param {import("./corpus.mjs").Test[]} tests
 * @param {{ processes: number, onResult: (test: object, result: object) => void, workerPath?: string }} options
 */
export async function runTests(
  corpus,
  tests,
  { processes, onResult, workerPath = WORKER, timeoutMs },
) {
  const queue = [...tests];
  const lanes = Array.from({ length: Math.min(processes, tests.length) }, async () => {
    let worker;
    for (let test = queue.shift(); test; test = queue.shift()) {
      worker ??= await startWorker(workerPath, corpus);
      const limitMs = timeoutMs ?? (test.long ? 60_000 : 10_000) + GRACE_MS;
      const result = await runIn(worker, test, limitMs);
      if (result.harness.status === "CRASH" || result.harness.status === "HANG") {
        worker.kill("SIGKILL");
        worker = undefined;
      }
      onResult(test, result);
    }
    worker?.kill("SIGKILL");
  });
  await Promise.all(lanes);
}

function startWorker(workerPath, corpus) {
  const worker = fork(workerPath, [corpus], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  worker.errors = "";
  worker.stderr.on("data", (data) => (worker.errors = (worker.errors + data).slice(-4000)));
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve(worker));
    worker.once("exit", () =>
      reject(new Error(`The test process didn't start.\n${worker.errors}`)),
    );
  });
}

function runIn(worker, test, limitMs) {
  return new Promise((resolve) => {
    const finish = (result) => {
      clearTimeout(timer);
      worker.off("message", finish).off("exit", crash);
      resolve(result);
    };
    const fail = (status, message) => finish({ harness: { status, message }, subtests: [] });
    const crash = (code, signal) => fail("CRASH", `${signal ?? `exit ${code}`}: ${worker.errors}`);
    const timer = setTimeout(() => fail("HANG", `no result in ${limitMs} ms`), limitMs);
    worker.on("message", finish).on("exit", crash);
    worker.send(test);
  });
}
