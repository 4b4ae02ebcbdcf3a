import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
