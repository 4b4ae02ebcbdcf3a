import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What this process holds. */
export interface Resources {
  readonly fds: number;
  readonly children: number;
  /** Timers, sockets, pipes, watchers: what `process.getActiveResourcesInfo()` tells of. */
  readonly handles: number;
  readonly threads: number;
}

/** MB of this process, once its garbage is collected. */
export interface Memory {
  readonly heap: number;
  readonly rss: number;
}

/** Linux only. */
export function ownResources(): Resources {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim();
  return {
    fds: readdirSync("/proc/self/fd").length,
    children: children === "" ? 0 : children.split(" ").length,
    handles: process.getActiveResourcesInfo().filter((name) => name !== "FSReqPromise").length,
    threads: readdirSync("/proc/self/task").length,
  };
}

/** Linux only, as it stands after a full collection. */
export async function ownMemory(): Promise<Memory> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What one collection finds is freed by the next.
  for (let round = 0; round < 3; round++) {
    collect();
    await delay(20);
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: Math.round(heapUsed / 2 ** 20), rss: Math.round(rss / 2 ** 20) };
}

/** The pids of the capture processes that this process has started and that are still there. */
export function capturePids(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim();
  return children
    .split(" ")
    .map(Number)
    .filter((pid) => {
      if (pid === 0) return false;
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return command.includes("capture-process");
    });
}

/** Waits until no more is held than `before`, and gives what is held then. */
export async function settledResources(before: Resources): Promise<Resources> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const now = ownResources();
    const isBack =
      now.fds <= before.fds &&
      now.children <= before.children &&
      now.handles <= before.handles &&
      now.threads <= before.threads;
    if (isBack) return now;
    await delay(25);
  }
  return ownResources();
}
