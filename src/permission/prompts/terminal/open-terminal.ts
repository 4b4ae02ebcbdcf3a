import { openSync } from "node:fs";
import { constants } from "node:os";
import { isatty, ReadStream, WriteStream } from "node:tty";
import type { Terminal } from "./terminal.ts";

/** Node.js itself restores a terminal before it dies of SIGINT and SIGTERM, and of no other. */
const deadly = ["HUP", "QUIT", "ABRT", "ALRM", "XCPU", "XFSZ", "VTALRM", "USR2", "PWR", "SYS", "IO"]
  .map((name) => `SIG${name}` as NodeJS.Signals)
  .filter((name) => name in constants.signals);

/**
 * Opens the terminal itself and not standard input and output: those may be redirected, and the
 * program's own use of them stays as it was.
 *
 * @throws Error when the terminal is gone.
 */
export function openTerminal(): Terminal {
  const isWindows = process.platform === "win32";
  const input = isWindows ? process.stdin : new ReadStream(openSync("/dev/tty", "r+"));
  const output = isWindows ? process.stderr : new WriteStream(openSync("/dev/tty", "r+"));
  // The program's own reading of the same terminal would take some of the keys.
  const wasRead = isatty(0) && process.stdin.readableFlowing === true;
  if (wasRead) process.stdin.pause();
  let isOpen = true;
  let restoreOnDeath: (() => void) | undefined;
  const setRaw = (isRaw: boolean): void => {
    restoreOnDeath?.();
    restoreOnDeath = isRaw ? beforeDeath(() => close()) : undefined;
    input.setRawMode(isRaw);
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    process.off("exit", close);
    setRaw(false);
    input.pause();
    if (!isWindows) input.destroy();
    if (!isWindows) output.destroy();
    if (wasRead) process.stdin.resume();
  };
  process.once("exit", close);
  // A terminal that goes away ends the reading, and the question with it.
  output.on("error", () => undefined);
  return {
    get columns() {
      // Only the standard streams follow a change of size.
      const following = [process.stderr, process.stdout].find((stream) => stream.isTTY);
      return (following ?? output).columns || 80;
    },
    canMoveCursor: process.env["TERM"] !== "dumb",
    hasColors: output.hasColors() && process.env["NO_COLOR"] === undefined,
    write: (text) => void output.write(text),
    setRaw,
    read: (listener) => {
      const end = (): void => listener(Buffer.from([4]));
      input.on("data", listener).on("end", end).on("error", end).resume();
      return () => void input.off("data", listener).off("end", end).pause();
    },
    close,
  };
}

/** Calls `restore` before a signal ends the process; the program's own handlers go first. */
function beforeDeath(restore: () => void): () => void {
  const die = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    restore();
    process.kill(process.pid, signal);
  };
  for (const signal of deadly) process.on(signal, die);
  return () => {
    for (const signal of deadly) process.off(signal, die);
  };
}
