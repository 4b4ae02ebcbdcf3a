import { existsSync, linkSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { identityOf, isRunning, isStopped, type ProcessIdentity } from "./process-identity.ts";
import { readRegularFile } from "./read-regular-file.ts";

/** ms between two attempts. */
const longestPauseMs = 50;

export interface LockOptions {
  /** Gives up waiting, with the signal's reason. Default: waits for ever. */
  readonly signal?: AbortSignal;
  /** Takes the lock from an owner that is stopped (Ctrl-Z), which then goes on without it. */
  readonly fromStopped?: boolean;
}

/**
 * Runs `action` while no other process, thread or world of this user holds the lock `file`. The file
 * names its owner: a lock whose owner has ended is taken over at once, whatever the clock says.
 *
 * @throws Error when the lock can't be made, and the signal's reason when it aborts.
 */
export async function withProcessLock<Result>(
  file: string,
  action: () => Promise<Result>,
  options: LockOptions = {},
): Promise<Result> {
  const text = JSON.stringify({ ...identityOf(process.pid), id: crypto.randomUUID() });
  await acquire(file, text, options);
  try {
    removeLeftovers(file);
    return await action();
  } finally {
    if (textOf(file) === text) rmSync(file, { force: true });
  }
}

async function acquire(file: string, text: string, options: LockOptions): Promise<void> {
  const { signal, fromStopped = false } = options;
  for (;;) {
    signal?.throwIfAborted();
    if (tryLink(file, text)) return;
    const held = textOf(file);
    if (held === undefined) continue;
    const owner = ownerIn(held);
    const isHeld = owner !== undefined && isRunning(owner) && !(fromStopped && isStopped(owner));
    if (isHeld) await pause(signal);
    else await removeLeft(file, held, options);
  }
}

/** The file appears with its text, or not at all: nobody reads half an owner. */
function tryLink(file: string, text: string): boolean {
  const mine = `${file}.${crypto.randomUUID()}`;
  try {
    writeFileSync(mine, text, { mode: 0o600, flag: "wx" });
    linkSync(mine, file);
    return true;
  } catch (error) {
    // The holder of the lock has cleared our file away with those of the dead.
    if (isCode(error, "ENOENT") && existsSync(dirname(file))) return false;
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Removes the lock of an owner that has ended. One process alone may do that for one owner: two that
 * saw the same owner could otherwise remove the lock of whoever came after it.
 */
async function removeLeft(file: string, text: string, options: LockOptions): Promise<void> {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const remove = async (): Promise<void> => {
    if (textOf(file) === text) rmSync(file, { force: true });
  };
  await withProcessLock(`${file}.${name}`, remove, options);
}

/** What a lock says; `undefined` where there is none. */
function textOf(file: string): string | undefined {
  try {
    return readRegularFile(file);
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** `undefined` for a text that names no process, which a power cut left. */
function ownerIn(text: string): ProcessIdentity | undefined {
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== "object" || owner === null) return undefined;
    if (!("pid" in owner && "startTime" in owner)) return undefined;
    const { pid, startTime } = owner;
    if (typeof pid !== "number" || typeof startTime !== "string") return undefined;
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, startTime } : undefined;
  } catch {
    return undefined;
  }
}

/** What processes left that were killed while they tried. */
function removeLeftovers(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.`)) continue;
    const leftover = join(folder, name);
    try {
      const owner = ownerIn(textOf(leftover) ?? "");
      if (owner === undefined || !isRunning(owner)) rmSync(leftover, { force: true });
    } catch {
      // Not ours.
    }
  }
}

/** Ends early when `signal` aborts. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  // Not imported: most programs that load this file never wait for another.
  const { setTimeout: wait } = process.getBuiltinModule("node:timers/promises");
  const options = signal === undefined ? {} : { signal };
  await wait(1 + Math.random() * longestPauseMs, undefined, options).catch(() => undefined);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
