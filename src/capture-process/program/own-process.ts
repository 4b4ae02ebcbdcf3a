import type { ChildProcess } from "node:child_process";
import type { Duplex, Readable, Writable } from "node:stream";
import { DeviceError } from "../../contract/device-error.ts";
import type { OwnProgram } from "../../host/own-files.ts";
import { lastWords } from "./last-words.ts";
import { notStarted, spawnOwnProgram, title, type SpawnOptions } from "./spawn-own-program.ts";

const KEPT_TEXT = 8_192;

/**
 * A program of this package that runs as a process of its own: whatever happens to it, the system's
 * refusal to start it among that, is an answer here and never an uncaught error.
 */
export class OwnProcess {
  /** Resolves when it has ended, or hasn't started, and says how. Never rejects. */
  readonly ended: Promise<DeviceError>;
  readonly #child: ChildProcess;
  readonly #name: OwnProgram;
  #hasEnded = false;
  #stderr = "";

  /** @throws DeviceError where it can't be started, see {@link spawnOwnProgram} */
  constructor(name: OwnProgram, options: SpawnOptions) {
    this.#name = name;
    const child = spawnOwnProgram(name, options);
    this.#child = child;
    child.stderr?.on("data", (text: Buffer) => {
      this.#stderr = (this.#stderr + text.toString()).slice(-KEPT_TEXT);
    });
    // A pipe that breaks is heard of by the end of the process.
    for (const stream of child.stdio) stream?.on("error", () => undefined);
    this.ended = new Promise((resolve) => {
      child.on("error", (error) => {
        // Else it was a signal that couldn't be sent.
        if (child.pid === undefined) resolve(notStarted(name, error));
      });
      child.once("close", (code, signal) => resolve(this.#describeExit(code, signal)));
    });
    void this.ended.then(() => (this.#hasEnded = true));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get input(): Writable | null {
    return this.#child.stdin;
  }

  get output(): Readable | null {
    return this.#child.stdout;
  }

  /** The pipe that is its descriptor 3. */
  get pipe(): Duplex {
    return this.#child.stdio[3] as Duplex;
  }

  /** Whether the program stays alive for it. At first it does. */
  keepAlive(alive: boolean): void {
    const handles = [this.#child, ...this.#child.stdio];
    for (const handle of handles as ({ ref?(): void; unref?(): void } | null | undefined)[]) {
      if (alive) handle?.ref?.();
      else handle?.unref?.();
    }
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Resolves when it has ended, for which it has this time from now on. */
  async stop(graceMs: number): Promise<void> {
    if (this.#hasEnded) return;
    this.#child.ref();
    const killing = setTimeout(() => this.kill(), graceMs);
    await this.ended;
    clearTimeout(killing);
  }

  #describeExit(code: number | null, signal: NodeJS.Signals | null): DeviceError {
    const how = signal === null ? `ended with status ${code}` : `was ended by ${signal}`;
    const said = lastWords(this.#stderr);
    const detail = said === "" ? "" : ` It said last: ${said}`;
    return new DeviceError("failed", `${title(this.#name)} ${how}.${detail}`);
  }
}
