import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { identityOf, isRunning, type ProcessIdentity } from "../../../src/host/process-identity.ts";
import { withProcessLock } from "../../../src/host/process-lock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const nothing = (): Promise<void> => Promise.resolve();

/** A process that runs until the test has ended, or is killed. */
async function runningProcess(): Promise<{ identity: ProcessIdentity; kill(): Promise<void> }> {
  const child = spawn("sleep", ["600"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "spawn");
  const identity = identityOf(child.pid ?? 0);
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { identity, kill };
}

async function endedProcess(): Promise<ProcessIdentity> {
  const { identity, kill } = await runningProcess();
  await kill();
  return identity;
}

test("one holds the lock at a time, and nothing is left of it", async () => {
  const file = join(temporaryFolder(), "lock");
  let [holders, most, runs] = [0, 0, 0];
  const hold = async (): Promise<void> => {
    most = Math.max(most, (holders += 1));
    await new Promise(setImmediate);
    [holders, runs] = [holders - 1, runs + 1];
  };
  await Promise.all(Array.from({ length: 20 }, () => withProcessLock(file, hold)));
  expect([most, runs]).toEqual([1, 20]);
  expect(readdirSync(join(file, ".."))).toEqual([]);
});

const leftBehind: readonly (readonly [string, () => Promise<unknown>])[] = [
  ["of a process that has ended", endedProcess],
  ["of a process whose number was given to another", async () => ({ pid: 1, startTime: "no" })],
  ["that a power cut left empty", async () => ""],
];

test.each(leftBehind)("a lock %s is taken over by one, whatever its time", async (_what, owner) => {
  const file = join(temporaryFolder(), "lock");
  writeFileSync(file, JSON.stringify(await owner()));
  const ahead = new Date(Date.now() + 365 * 86_400_000);
  utimesSync(file, ahead, ahead);
  let [holders, most] = [0, 0];
  const hold = async (): Promise<void> => {
    most = Math.max(most, (holders += 1));
    await new Promise(setImmediate);
    holders -= 1;
  };
  await Promise.all(Array.from({ length: 10 }, () => withProcessLock(file, hold)));
  expect(most).toBe(1);
  expect(readdirSync(join(file, ".."))).toEqual([]);
});

test("a lock of a running process is waited for, until it is let go or the waiting is given up", async () => {
  const file = join(temporaryFolder(), "lock");
  const { identity, kill } = await runningProcess();
  writeFileSync(file, JSON.stringify(identity));
  const controller = new AbortController();
  const givenUp = withProcessLock(file, nothing, { signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(givenUp).rejects.toThrow("enough");
  const waiting = withProcessLock(file, async () => isRunning(identity));
  await kill();
  expect(await waiting).toBe(false);
});

test("a process that has ended and isn't reaped yet runs no more", async () => {
  // The shell's child ends at once; the shell itself becomes a program that never asks how.
  const shell = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 600"]);
  onTestFinished(() => void shell.kill("SIGKILL"));
  const [line] = await once(shell.stdout, "data");
  const pid = Number(String(line));
  await expect.poll(() => isRunning(identityOf(pid))).toBe(false);
  expect(() => process.kill(pid, 0)).not.toThrow();
});

test("what isn't a lock, and stands where one would, is named at once", async () => {
  const file = join(temporaryFolder(), "lock");
  mkdirSync(file);
  await expect(withProcessLock(file, nothing)).rejects.toThrow(`${file} is not a regular file`);
  rmSync(file, { recursive: true });
  await withProcessLock(file, nothing);
});

test("what killed processes left that had waited is cleared away", async () => {
  const file = join(temporaryFolder(), "lock");
  writeFileSync(`${file}.0123`, JSON.stringify(await endedProcess()));
  await withProcessLock(file, nothing);
  expect(readdirSync(join(file, ".."))).toEqual([]);
});
