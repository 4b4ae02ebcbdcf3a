import { watch, type FSWatcher } from "node:fs";
import { listCameraNodes } from "./camera-node.ts";

/** udev sets a new node's group and mode some moments after the kernel made it. */
const SETTLE_MS = 250;
/** Where a file system tells of no change. */
const POLL_MS = 2_000;

/**
 * Calls `onChange` when a camera came, went or may now be opened. Keeps the process alive. Returns
 * what stops it.
 */
export function watchCameras(onChange: () => void): () => void {
  let settling: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(settling);
    settling = setTimeout(onChange, SETTLE_MS);
    settling.unref();
  };
  const watcher = watchFolder("/dev", (name) => /^video\d+$/.test(name) && changed());
  const stopPolling = watcher === undefined ? poll(changed) : () => undefined;
  return () => {
    clearTimeout(settling);
    watcher?.close();
    stopPolling();
  };
}

function watchFolder(folder: string, onName: (name: string) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, (_event, name) => onName(name ?? ""));
    // Without it an error would end the program; what was seen so far stays right.
    watcher.on("error", () => undefined);
    return watcher;
  } catch {
    return undefined;
  }
}

function poll(onChange: () => void): () => void {
  let last: string | undefined;
  const look = async () => {
    const nodes = await listCameraNodes();
    const now = nodes
      .map(({ path, hardwareId, isAllowed }) => [path, hardwareId, isAllowed])
      .join();
    if (last !== undefined && last !== now) onChange();
    last = now;
  };
  void look();
  const timer = setInterval(() => void look(), POLL_MS);
  return () => clearInterval(timer);
}
