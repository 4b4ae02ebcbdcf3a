import { renameSync } from "node:fs";
import { rename } from "node:fs/promises";

/** ms between two attempts, and attempts: a virus scanner has a new file open for as long. */
const PAUSE_MS = 20;
const ATTEMPTS = 50;

/**
 * Puts a file in the place of another. Windows refuses that while a program has one of the two
 * open: it is tried again for a second.
 * @throws Error of the last attempt
 */
export async function replaceFile(from: string, to: string, move = rename): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await move(from, to);
    } catch (error) {
      if (!isHeld(error) || attempt === ATTEMPTS) throw error;
      const { setTimeout: wait } = process.getBuiltinModule("node:timers/promises");
      await wait(PAUSE_MS);
    }
  }
}

/** {@link replaceFile} for a caller that can't wait for a promise: the thread stands still meanwhile. */
export function replaceFileSync(from: string, to: string, move = renameSync): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return move(from, to);
    } catch (error) {
      if (!isHeld(error) || attempt === ATTEMPTS) throw error;
      Atomics.wait(cell, 0, 0, PAUSE_MS);
    }
  }
}

/** Windows' errors for a file that is open. Elsewhere they mean that the user may not write there. */
function isHeld(error: unknown): boolean {
  if (process.platform !== "win32" || !(error instanceof Error && "code" in error)) return false;
  return error.code === "EPERM" || error.code === "EACCES" || error.code === "EBUSY";
}
