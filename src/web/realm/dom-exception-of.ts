import { DeviceError } from "../../contract/device-error.ts";
import type { DeviceErrorCode } from "../../contract/device-error.ts";
import type { Realm } from "./realm.ts";

const names: Readonly<Record<DeviceErrorCode, string>> = {
  busy: "NotReadableError",
  "not-found": "NotFoundError",
  "not-allowed": "NotAllowedError",
  "missing-dependency": "NotReadableError",
  failed: "AbortError",
};

/** What a script sees of a device's failure. */
export function domExceptionOf(realm: Realm, error: unknown): DOMException {
  const message = error instanceof Error ? error.message : String(error);
  const name = error instanceof DeviceError ? names[error.code] : "AbortError";
  const exception = new realm.DOMException(message, name);
  Object.defineProperty(exception, "cause", { value: error, configurable: true, writable: true });
  return exception;
}
