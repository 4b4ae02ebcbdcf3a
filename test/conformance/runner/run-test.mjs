import { createScriptedPermission } from "./permission-script.mjs";
import { openPage } from "./page.mjs";

/** Transient activation lasts a while, and the calls that need it use it up. */
const ACTIVATION_MS = 5000;

/**
 * @typedef {object} Result
 * @property {{ status: string, message?: string | null }} harness - `OK`, `ERROR`, `TIMEOUT`, `CRASH` …
 * @property {{ name: string, status: string, message?: string | null }[]} subtests
 * @property {string} [log] - what the page printed
 */

/**
 * Runs one test in this process.
 * @param {import("./corpus.mjs").Test} test
 * @param {{ respond: Function, install: (window: object, options: object) => { close?(): Promise<void> } }} parts
 * @returns {Promise<Result>}
 */
export async function runTest(test, { respond, install }) {
  const permission = createScriptedPermission();
  const installed = [];
  const lines = [];
  const { promise, resolve } = pending();
  const page = openPage(test.url, {
    respond,
    report: resolve,
    log: (line) => lines.push(line),
    install: (window, { policy }) => {
      installed.push(install(window, { permission, permissionsPolicy: policy }));
    },
    drive: async (action, parameters, window) => {
      if (action === "set_permission") permission.set(parameters.name, parameters.state);
      if (action === "activate") activate(window);
    },
  });
  const { harness, subtests } = await promise;
  page.window.close();
  await Promise.all(installed.map((capture) => capture?.close?.()));
  return { harness, subtests, log: lines.join("\n").slice(0, 4000) };
}

function activate(window) {
  Object.assign(window.navigator.userActivation, { isActive: true, hasBeenActive: true });
  setTimeout(() => (window.navigator.userActivation.isActive = false), ACTIVATION_MS).unref();
}

function pending() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}
