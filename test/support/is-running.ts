import { readFileSync } from "node:fs";

/** Whether a process is there and no zombie. Linux only. */
export function isRunning(pid: number): boolean {
  try {
    // The state stands after the name, which is in brackets and may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.at(stat.lastIndexOf(")") + 2) !== "Z";
  } catch {
    return false;
  }
}
