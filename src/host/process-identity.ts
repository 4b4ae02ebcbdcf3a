import { readFileSync, readlinkSync } from "node:fs";

/** A process that may have ended since: its number alone can belong to another one by now. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the kernel counts it; empty where the system doesn't tell. */
  readonly startTime: string;
}

/** The identity of a running process. */
export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: statOf(pid)[1] ?? "" };
}

/**
 * The identity of the worker thread that calls, which can end while its process goes on: Linux
 * counts threads as it counts processes. `undefined` in the main thread, and on other systems.
 */
export function identityOfWorker(): ProcessIdentity | undefined {
  let thread: number;
  try {
    // "PID/task/THREAD"
    thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
  } catch {
    return undefined;
  }
  return thread === process.pid ? undefined : identityOf(thread);
}

/** Whether this very process still runs, or is stopped and can go on. */
export function isRunning(process: ProcessIdentity): boolean {
  return stateOf(process) !== "ended";
}

/** Whether this very process waits to be continued, as a shell's job after Ctrl-Z. */
export function isStopped(process: ProcessIdentity): boolean {
  return stateOf(process) === "stopped";
}

function stateOf({ pid, startTime }: ProcessIdentity): "running" | "stopped" | "ended" {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return "ended";
  }
  const [letter = "", now = ""] = statOf(pid);
  // A zombie has ended, and its parent hasn't asked how.
  if (now !== startTime || letter === "Z" || letter === "X") return "ended";
  return letter === "T" ? "stopped" : "running";
}

/** Fields 3 and 22 of `/proc/PID/stat`, state and start; the second may hold anything, in parentheses. */
function statOf(pid: number): readonly (string | undefined)[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return [fields[0], fields[19]];
  } catch {
    return [];
  }
}
