import { existsSync, linkSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { identityOf, isRunning } from "./process-identity.ts";
import { readRegularFile } from "./read-regular-file.ts";

/** ms between two attempts. */
const longestPauseMs = 50;

export interface LockOptions {
  /** Gives up waiting, with the signal's reason. Default: waits for ever. */
  readonly signal?: AbortSignal;
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
  { signal }: LockOptions = {},
): Promise<Result> {
  await acquire(file, signal);
  try {
    removeLeftovers(file);
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    if (tryLink(file)) return;
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    if (owner.isRunning) await pause(signal);
    else await removeDead(file, owner.text, signal);
  }
}

/** The file appears with its text, or not at all: nobody reads half an owner. */
function tryLink(file: string): boolean {
  const mine = `${file}.${crypto.randomUUID()}`;
  try {
    const text = JSON.stringify({ ...identityOf(process.pid), id: crypto.randomUUID() });
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
 * Removes the lock of a dead owner. One process alone may do that for one owner: two that saw the
 * same owner could otherwise remove the lock of whoever came after it.
 */
async function removeDead(file: string, text: string, signal?: AbortSignal): Promise<void> {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
  await withProcessLock(
    `${file}.${name}`,
    async () => {
      if (ownerOf(file)?.text === text) rmSync(file, { force: true });
    },
    signal === undefined ? {} : { signal },
  );
}

interface Owner {
  readonly text: string;
  readonly isRunning: boolean;
}

/** `undefined` where there is no lock. A text that names no process is what a power cut left. */
function ownerOf(file: string): Owner | undefined {
  let text: string;
  try {
    text = readRegularFile(file);
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
  return { text, isRunning: namesRunningProcess(text) };
}

function namesRunningProcess(text: string): boolean {
  try {
    const owner: unknown = JSON.parse(text);
    if (typeof owner !== "object" || owner === null) return false;
    if (!("pid" in owner && "startTime" in owner)) return false;
    const { pid, startTime } = owner;
    if (!Number.isSafeInteger(pid) || typeof startTime !== "string") return false;
    return Number(pid) > 0 && isRunning({ pid: Number(pid), startTime });
  } catch {
    return false;
  }
}

/** What processes left that were killed while they tried. */
function removeLeftovers(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.`)) continue;
    const leftover = join(folder, name);
    try {
      if (ownerOf(leftover)?.isRunning === false) rmSync(leftover, { force: true });
    } catch {
      // Not ours.
    }
  }
}

/** Ends early when `signal` aborts. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  await wait(1 + Math.random() * longestPauseMs, undefined, options).catch(() => undefined);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
