import { closeSync, openSync, readFileSync } from "node:fs";

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

/** Fields 5 and 8 of `/proc/self/stat`; where there is no such file, the foreground is assumed. */
function isInForeground(): boolean {
  try {
    const text = readFileSync("/proc/self/stat", "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[2] === fields[5];
  } catch {
    return true;
  }
}
