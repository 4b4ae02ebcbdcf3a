import { readFileSync } from "node:fs";

/** A process that may have ended since: its number alone can belong to another one by now. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the kernel counts it; empty where the system doesn't tell. */
  readonly startTime: string;
}

/** The identity of a running process. */
export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: startTimeOf(pid) };
}

/** Whether this very process still runs. */
export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return startTimeOf(pid) === startTime;
}

/** Field 22 of `/proc/PID/stat`; the second field is in parentheses and may hold anything. */
function startTimeOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
