import { DeviceError } from "../../contract/device-error.ts";
import type { Failure } from "../wire/event.ts";

/** An error as it goes over the pipe. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DeviceError) return { code: error.code, message: error.message };
  return { code: "failed", message: error instanceof Error ? error.message : String(error) };
}
