import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { OutputFile } from "../../../src/cli/output-file.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("What is written is in the file, in order, and replaces what was there", async () => {
  const path = join(folder, "out.webm");
  writeFileSync(path, "something longer than before");
  const output = await OutputFile.open(path);
  void output.write(Promise.resolve(Buffer.from("first ")));
  await output.write(Buffer.from("second"));
  expect(output.bytes).toBe(12);
  await output.close();
  expect(readFileSync(path, "utf8")).toBe("first second");
});

test("As long as nothing is written, an old file stays as it is and a new one isn't left", async () => {
  const old = join(folder, "old.webm");
  writeFileSync(old, "precious");
  await (await OutputFile.open(old)).close();
  expect(readFileSync(old, "utf8")).toBe("precious");
  const fresh = join(folder, "fresh.webm");
  await (await OutputFile.open(fresh)).close();
  expect(existsSync(fresh)).toBe(false);
});

test.each([
  ["a folder that isn't there", join(folder, "nowhere", "out.webm"), "no such folder"],
  ["a folder itself", folder, "it is a folder"],
])("%s can't be written, and the reason is said", async (_name, path, reason) => {
  await expect(OutputFile.open(path)).rejects.toThrow(reason);
});

test("A disk that is full is an error that says so, at the write and at the end", async () => {
  const output = await OutputFile.open("/dev/full");
  await expect(output.write(Buffer.alloc(10))).rejects.toThrow("the disk is full");
  await expect(output.close()).rejects.toThrow("the disk is full");
});
