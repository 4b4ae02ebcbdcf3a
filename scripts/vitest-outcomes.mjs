// A Vitest reporter that writes what `npm test` counts: one JSON line for each test.
import { appendFileSync } from "node:fs";

export default class OutcomesReporter {
  #file = process.env.USERMEDIA_TEST_OUTCOMES;

  onTestCaseResult(test) {
    const { state, note } = test.result();
    const again = test.annotations().some(({ message }) => message.startsWith("run again alone"));
    const flaky = test.diagnostic()?.flaky === true || (again && state === "passed");
    this.#write({ name: `${test.module.relativeModuleId}: ${test.fullName}`, state, note, flaky });
  }

  /** A file that can't be run, or an error outside of every test. */
  onTestRunEnd(modules, unhandledErrors) {
    for (const module of modules) {
      for (const error of module.errors()) this.#fail(module.relativeModuleId, error);
    }
    for (const error of unhandledErrors) this.#fail("outside of every test", error);
  }

  #fail(name, { message }) {
    this.#write({ name: `${name}: ${message}`, state: "failed" });
  }

  #write(outcome) {
    appendFileSync(this.#file, `${JSON.stringify(outcome)}\n`);
  }
}
