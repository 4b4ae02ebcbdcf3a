/** What a person at a keyboard raises with a key. */
export type RaisedSignal = "SIGINT" | "SIGQUIT" | "SIGTSTP";

/** 128 + SIGINT, as shells have it. */
const INTERRUPTED = 130;

type Program = Pick<NodeJS.Process, "emit" | "exit" | "kill" | "platform">;

/**
 * Raises a signal in everything that a person at the keyboard would reach with it.
 * @returns false where the system has no such signal: nothing happened
 */
export function raiseSignal(signal: RaisedSignal, program: Program = process): boolean {
  if (program.platform !== "win32") {
    // 0 is the process group, which has the foreground: what the terminal itself would signal.
    program.kill(0, signal);
    return true;
  }
  // Windows has Ctrl-C alone. `process.kill` would end the program without its handlers.
  if (signal !== "SIGINT") return false;
  if (!program.emit("SIGINT", "SIGINT")) program.exit(INTERRUPTED);
  return true;
}
