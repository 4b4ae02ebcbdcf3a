import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";

/**
 * Whether somebody sits at a terminal of this process: its input or its messages are on one, and it
 * runs in the foreground there. A background job that touched the terminal would be stopped.
 */
export function hasTerminal(): boolean {
  const { isatty } = process.getBuiltinModule("node:tty");
  const [isInput, isMessages] = [isatty(0), isatty(2)];
  if (process.platform === "win32") return isInput && isMessages;
  if (!isInput && !isMessages) return false;
  try {
    closeSync(openSync("/dev/tty", "r+"));
  } catch {
    return false;
  }
  return isInForeground();
}

/**
 * What this process's terminal is called, the same for every process on it; `undefined` where the
 * system doesn't tell.
 */
export function terminalName(): string | undefined {
  const [, , , , terminal] = ownStat();
  if (terminal !== undefined) return terminal;
  const { isatty } = process.getBuiltinModule("node:tty");
  const descriptor = [0, 2].find((descriptor) => isatty(descriptor));
  if (descriptor === undefined || process.platform === "win32") return undefined;
  return String(fstatSync(descriptor).rdev);
}

/** Where there is no `/proc`, the foreground is assumed. */
function isInForeground(): boolean {
  const [, , group, , , foreground] = ownStat();
  return group === foreground;
}

/** The fields of `/proc/self/stat` from the third on: state, parent, group, session, terminal … */
function ownStat(): readonly string[] {
  try {
    const text = readFileSync("/proc/self/stat", "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
