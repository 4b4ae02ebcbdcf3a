import { expect, test, vi } from "vitest";
import { raiseSignal } from "../../../../../src/permission/prompts/terminal/raise-signal.ts";

function program(platform: NodeJS.Platform, hasHandler = false) {
  const parts = { emit: vi.fn(() => hasHandler), exit: vi.fn(), kill: vi.fn(() => true) };
  return { ...parts, parts: { ...parts, platform } as unknown as NodeJS.Process };
}

test("a signal reaches the terminal's foreground", () => {
  const { kill, parts } = program("linux");
  expect(raiseSignal("SIGTSTP", parts)).toBe(true);
  expect(kill).toHaveBeenCalledWith(0, "SIGTSTP");
});

test("on Windows Ctrl-C runs the program's handlers", () => {
  const { emit, exit, kill, parts } = program("win32", true);
  expect(raiseSignal("SIGINT", parts)).toBe(true);
  expect(emit).toHaveBeenCalledWith("SIGINT", "SIGINT");
  expect([exit.mock.calls, kill.mock.calls]).toEqual([[], []]);
});

test("on Windows Ctrl-C ends a program that has no handler, as an interrupted one", () => {
  const { exit, parts } = program("win32");
  raiseSignal("SIGINT", parts);
  expect(exit).toHaveBeenCalledWith(130);
});

test.each(["SIGTSTP", "SIGQUIT"] as const)("Windows has no %s", (signal) => {
  const { emit, exit, kill, parts } = program("win32");
  expect(raiseSignal(signal, parts)).toBe(false);
  for (const call of [emit, exit, kill]) expect(call).not.toHaveBeenCalled();
});
