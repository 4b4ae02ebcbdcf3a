import { statSync, watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";

const pollIntervalMs = 400;

/**
 * Calls `listener` when a file was replaced, changed, made or removed: at once where the system
 * tells, and within half a second where it doesn't (network file systems, folders made later).
 * Keeps no process alive.
 */
export function watchFile(file: string, listener: () => void): () => void {
  let stamp = stampOf(file);
  const check = (): void => {
    const now = stampOf(file);
    if (now === stamp) return;
    stamp = now;
    listener();
  };
  const watcher = watchFolder(dirname(file), basename(file), check);
  const timer = setInterval(check, pollIntervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

function watchFolder(folder: string, name: string, check: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, changed) => {
      if (changed === null || changed === name) check();
    });
    // Deno knows no `persistent`.
    watcher.unref();
    // The timer goes on without it.
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

function stampOf(file: string): string {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats === undefined
      ? ""
      : `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.mode}`;
  } catch (error) {
    // A folder that can't be entered; it may be repaired.
    return String(error);
  }
}
