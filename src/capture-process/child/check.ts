import { DeviceError, type DeviceErrorCode } from "../../contract/device-error.ts";
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

/** The same in words, for FFmpeg's inputs that give one number for all of them. */
const TEXTS: readonly (readonly [text: string, code: DeviceErrorCode])[] = [
  ["busy", "busy"],
  ["already in use", "busy"],
  ["not authorized", "not-allowed"],
  ["Could not find video device", "not-found"],
  ["Could not find audio device", "not-found"],
  ["device not found", "not-found"],
  ["Permission denied", "not-allowed"],
  ["No such", "not-found"],
];

/** Where a person allows devices. */
const SETTINGS: Partial<Record<NodeJS.Platform, string>> = {
  darwin:
    "Allow the application that this program runs in (the terminal) in System Settings → Privacy " +
    "& Security, under Camera, Microphone or Screen Recording, and start it again.",
  linux:
    "Add this user to the group that owns the device (cameras: video, sound cards: audio) and log " +
    "in again.",
  win32: "Let desktop apps use it in Settings → Privacy & security, under Camera or Microphone.",
};

const ADVICE: Record<DeviceErrorCode, string> = {
  busy: "Another program uses it: close that one, then try again.",
  "not-allowed": `The system refuses it to this user. ${SETTINGS[process.platform] ?? ""}`,
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

/** @param said what FFmpeg said of it, where its number tells nothing */
export function deviceErrorOf(
  native: Native,
  result: number,
  what: string,
  said = "",
): DeviceError {
  const told = TEXTS.find(([text]) => said.includes(text))?.[1];
  const code = CODES.get(result) ?? told ?? "failed";
  const text = CODES.has(result) || said === "" ? native.FFmpegError.strerror(result) : said;
  return new DeviceError(code, `${what}: ${text}. ${ADVICE[code]}`.trim());
}
