import { afterEach, expect, test, vi } from "vitest";
import { replaceFile, replaceFileSync } from "../../../src/host/replace-file.ts";

const { platform } = process;
afterEach(() => setPlatform(platform));

function setPlatform(value: NodeJS.Platform): void {
  Object.defineProperty(process, "platform", { value });
}

const held = (): Error => Object.assign(new Error("held"), { code: "EPERM" });

test("on Windows a file that a program holds for a moment is replaced after it", async () => {
  setPlatform("win32");
  const move = vi.fn().mockRejectedValueOnce(held()).mockResolvedValueOnce(undefined);
  await replaceFile("new", "old", move);
  expect(move.mock.calls).toEqual([
    ["new", "old"],
    ["new", "old"],
  ]);
  const moveSync = vi.fn().mockImplementationOnce(() => {
    throw held();
  });
  replaceFileSync("new", "old", moveSync);
  expect(moveSync).toHaveBeenCalledTimes(2);
});

test("a file that stays held is an error in the end", async () => {
  setPlatform("win32");
  await expect(replaceFile("new", "old", () => Promise.reject(held()))).rejects.toThrow("held");
});

test("elsewhere the first refusal is the last", async () => {
  setPlatform("linux");
  const move = vi.fn().mockRejectedValue(held());
  await expect(replaceFile("new", "old", move)).rejects.toThrow("held");
  expect(move).toHaveBeenCalledTimes(1);
});
