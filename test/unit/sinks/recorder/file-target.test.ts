import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { FileTarget } from "../../../../src/sinks/recorder/file-target.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-target-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("What is written replaces what was there, and can be patched", async () => {
  const path = join(folder, "out.webm");
  writeFileSync(path, "something longer than before");
  const target = await FileTarget.open(path);
  await target.write(Buffer.from("first "));
  await target.write(Buffer.from("second"));
  await target.patch(Buffer.from("F"), 0);
  expect(target.bytes).toBe(12);
  await target.close();
  expect(readFileSync(path, "utf8")).toBe("First second");
});

test("As long as nothing is written, an old file stays as it is and a new one isn't left", async () => {
  const old = join(folder, "old.webm");
  writeFileSync(old, "precious");
  await (await FileTarget.open(old)).close();
  expect(readFileSync(old, "utf8")).toBe("precious");
  const fresh = join(folder, "fresh.webm");
  await (await FileTarget.open(fresh)).close();
  expect(existsSync(fresh)).toBe(false);
});

test("The first failure is kept", async (context) => {
  if (!existsSync("/dev/full")) context.skip("no /dev/full on this system");
  const target = await FileTarget.open("/dev/full");
  await target.write(Buffer.alloc(10));
  await expect(target.flush()).rejects.toThrow("ENOSPC");
  await expect(target.write(Buffer.alloc(10))).rejects.toThrow("ENOSPC");
  expect(target.failure).toMatchObject({ code: "ENOSPC" });
  await target.close();
});

test("What another program wrote meanwhile is neither overwritten nor removed", async () => {
  const given = join(folder, "given-up.wav");
  const waiting = await FileTarget.open(given);
  writeFileSync(given, "theirs");
  await waiting.close();
  expect(readFileSync(given, "utf8")).toBe("theirs");
  const late = join(folder, "late.wav");
  const target = await FileTarget.open(late);
  writeFileSync(late, "theirs");
  await target.write(Buffer.from("ours"));
  await expect(target.flush()).rejects.toThrow("written by another program");
  await target.close();
  expect(readFileSync(late, "utf8")).toBe("theirs");
});

test("A file that was replaced is left to who replaced it", async () => {
  const path = join(folder, "replaced.wav");
  const target = await FileTarget.open(path);
  rmSync(path);
  writeFileSync(path, "");
  await target.close();
  expect(existsSync(path)).toBe(true);
});

test("A file that another recording is written into is refused until that is over", async () => {
  const path = join(folder, "twice.wav");
  const first = await FileTarget.open(path);
  await expect(FileTarget.open(path)).rejects.toThrow("another recording is written into it");
  await first.write(Buffer.from("first"));
  await first.close();
  await (await FileTarget.open(path)).close();
  expect(readFileSync(path, "utf8")).toBe("first");
});

test("A file that is removed while it is recorded is told", async () => {
  const path = join(folder, "removed.wav");
  const target = await FileTarget.open(path);
  await target.write(Buffer.from("some"));
  await target.flush();
  rmSync(path);
  await target.close();
  expect(target.failure?.message).toContain("was removed while it was recorded");
});

test("What is no file is refused with what it is", async () => {
  const pipe = join(folder, "pipe.wav");
  execFileSync("mkfifo", [pipe]);
  await expect(FileTarget.open(pipe)).rejects.toThrow("named pipe");
  const link = join(folder, "link.wav");
  symlinkSync(join(folder, "nowhere.wav"), link);
  await expect(FileTarget.open(link)).rejects.toThrow("a link to a file that isn't there");
  await expect(FileTarget.open(folder)).rejects.toThrow("it is a folder");
});
