import { readFileSync } from "node:fs";

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

/** Whether this very process still runs. */
export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const [state = "", now = ""] = statOf(pid);
  return now === startTime && !ended.has(state);
}

/** States of a process that has ended, and whose parent hasn't asked how: zombie and dead. */
const ended = new Set(["Z", "X"]);

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
