import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { cannotWrite } from "../../../../src/cli/errors.ts";
import { checkWritable } from "../../../../src/cli/options/existing-file.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("The question whether a file can be written leaves everything as it is", async () => {
  const old = join(folder, "old.png");
  writeFileSync(old, "precious");
  await checkWritable(old);
  expect(readFileSync(old, "utf8")).toBe("precious");
  const fresh = join(folder, "fresh.png");
  await checkWritable(fresh);
  expect(existsSync(fresh)).toBe(false);
});

test.each([
  ["a folder that isn't there", join(folder, "nowhere", "out.png"), "no such folder"],
  ["a folder itself", folder, "it is a folder"],
])("%s can't be written, and the reason is said", async (_name, path, reason) => {
  await expect(checkWritable(path)).rejects.toThrow(reason);
});

test("The reason is found in what caused an error, too", () => {
  const cause = Object.assign(new Error("ENOSPC: no space"), { code: "ENOSPC", syscall: "write" });
  const error = new Error("Can't record", { cause });
  expect(cannotWrite("out.webm", error).message).toContain("the disk is full");
});
