import { ExitCode } from "../errors.ts";

/**
 * Ctrl-C, and the polite signals of the system: the first asks to finish, the second ends the
 * program at once.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #onSignal = (): void => {
    if (this.#controller.signal.aborted) process.exit(ExitCode.aborted);
    this.#controller.abort();
  };

  constructor() {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, this.#onSignal);
  }

  /** Aborted at the first. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(name, this.#onSignal);
  }
}
