import { DeviceError } from "../../contract/device-error.ts";
import { NoServerError } from "./connect.ts";
import { ErrorCode, ServerError } from "./server-error.ts";

/** Whatever failed while opening `label`, in terms of what the caller can do. */
export function toDeviceError(error: unknown, label: string): DeviceError {
  if (error instanceof DeviceError) return error;
  const cause = { cause: error };
  if (error instanceof NoServerError) {
    return new DeviceError("not-found", `${label} is gone: the sound server has stopped.`, cause);
  }
  if (error instanceof ServerError) {
    switch (error.code) {
      case ErrorCode.noEntity:
        return notFound(label);
      case ErrorCode.access:
        return new DeviceError(
          "not-allowed",
          `The sound server doesn't give ${label} to this program.`,
          cause,
        );
      case ErrorCode.busy:
        return new DeviceError(
          "busy",
          `${label} is in use by another program; close that first.`,
          cause,
        );
    }
  }
  const message = error instanceof Error ? error.message : String(error);
  return new DeviceError("failed", `${label} can't be opened. ${message}`, cause);
}

export function notFound(label: string): DeviceError {
  return new DeviceError("not-found", `${label} is not there (any more); list the devices again.`);
}
