import { DeviceError, type DeviceErrorCode } from "../../backends/contract.ts";
import type { Native } from "./native.ts";

/** Linux's numbers, which FFmpeg gives negated on every system. */
const CODES = new Map<number, DeviceErrorCode>([
  [-1, "not-allowed"],
  [-2, "not-found"],
  [-6, "not-found"],
  [-13, "not-allowed"],
  [-16, "busy"],
  [-19, "not-found"],
]);

const ADVICE: Record<DeviceErrorCode, string> = {
  busy: "Another program uses it: close that one, then try again.",
  "not-allowed":
    "The system refuses it to this user. On Linux, add this user to the group that owns the " +
    "device (cameras: video, sound cards: audio) and log in again.",
  "not-found": "It is not there (any more): plug it in, then try again.",
  "missing-dependency": "",
  failed: "",
};

/**
 * Passes a result of FFmpeg on.
 * @throws DeviceError when it is an error
 */
export function check(native: Native, result: number, what: string): number {
  if (result >= 0) return result;
  throw deviceErrorOf(native, result, what);
}

export function deviceErrorOf(native: Native, result: number, what: string): DeviceError {
  const code = CODES.get(result) ?? "failed";
  const text = native.FFmpegError.strerror(result);
  return new DeviceError(code, `${what}: ${text}. ${ADVICE[code]}`.trim());
}
