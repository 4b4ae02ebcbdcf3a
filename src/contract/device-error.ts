/**
 * Why a device can't be had, in terms of what the caller can do:
 * `busy` another program has it · `not-found` it is gone · `not-allowed` the system refuses ·
 * `missing-dependency` the library that opens it isn't installed · `failed` anything else.
 */
export type DeviceErrorCode =
  | "busy"
  | "not-found"
  | "not-allowed"
  | "missing-dependency"
  | "failed";

/** A failure of a device, with a message that says what to do next. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  readonly code: DeviceErrorCode;

  constructor(code: DeviceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
