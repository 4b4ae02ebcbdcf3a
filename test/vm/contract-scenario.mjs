// In the VM: the contract suite of test/contract/backend.ts, on the backends of test/vm/contract/.
import process from "node:process";
import { startVitest } from "vitest/node";
import { report } from "./report.mjs";

const vitest = await startVitest("test", [], {
  config: false,
  include: ["test/vm/contract/*.ts"],
  pool: "threads",
  maxWorkers: 1,
  // One kernel, one card: a backend at a time.
  fileParallelism: false,
  isolate: false,
  // The lines of report.mjs are the report.
  reporters: [{}],
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // An emulated machine may be too slow for a process to start in time; that is no answer.
  retry: 2,
  watch: false,
});
const results = vitest.state.getTestModules().flatMap((file) =>
  [...file.children.allTests()].map((test) => {
    const { errors = [], state } = test.result();
    return { name: test.fullName, state, errors: errors.map(({ message }) => message) };
  }),
);
// Vitest leaves the terminal's cursor commands at the start of this line.
process.stdout.write("\n");
report("contract", results);
report("end", true);
await vitest.close();
process.exit(0);
