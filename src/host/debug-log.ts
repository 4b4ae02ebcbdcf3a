import type { DebugLogger } from "node:util";

let logger: DebugLogger | undefined;

/**
 * Prints a line to standard error where `NODE_DEBUG` names `usermedia`; does nothing elsewhere.
 * @param format - as of `util.format()`: `%s`, `%d`, `%j`
 */
export function debugLog(format: string, ...values: readonly unknown[]): void {
  ownLogger()(format, ...values);
}

/** Whether {@link debugLog} prints. */
export function isDebugging(): boolean {
  return ownLogger().enabled;
}

function ownLogger(): DebugLogger {
  return (logger ??= process.getBuiltinModule("node:util").debuglog("usermedia"));
}
