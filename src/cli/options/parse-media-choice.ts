import { statSync } from "node:fs";

import type { MediaTrackConstraints } from "../../index.ts";
import type { DeviceChoice, MediaChoice } from "./capture-request.ts";
import { UsageError } from "../errors.ts";
import { parseConstraints } from "./parse-constraints.ts";

/**
 * Reads the value of `--video`, `--audio` or `--screen`: constraints as JSON, a device, a size and
 * rate like `1280x720@30`, or a device and a size with a comma between them.
 *
 * @param option for messages
 * @throws UsageError
 */
export function parseMediaChoice(option: string, text: string): MediaChoice {
  const trimmed = text.trim();
  if (trimmed === "")
    throw new UsageError(`${option}: a device, a size or constraints are missing`);
  if (trimmed.startsWith("{")) {
    return { device: { kind: "default" }, constraints: parseConstraints(option, trimmed) };
  }
  const comma = trimmed.lastIndexOf(",");
  const size = parseSize(trimmed.slice(comma + 1));
  if (size === undefined) return { device: parseDevice(option, trimmed), constraints: {} };
  const name = trimmed.slice(0, Math.max(comma, 0)).trim();
  const device = name === "" ? ({ kind: "default" } as const) : parseDevice(option, name);
  return { device, constraints: size };
}

/** `WIDTHxHEIGHT`, `@RATE` or both. Exact: who types a size wants that size. */
function parseSize(text: string): MediaTrackConstraints | undefined {
  const match = /^\s*(?:(?<width>\d+)x(?<height>\d+))?(?:@(?<rate>\d+(?:\.\d+)?))?\s*$/.exec(text);
  const { width, height, rate } = match?.groups ?? {};
  if (width === undefined && rate === undefined) return undefined;
  return {
    ...(width === undefined ? {} : { width: { exact: Number(width) } }),
    ...(height === undefined ? {} : { height: { exact: Number(height) } }),
    ...(rate === undefined ? {} : { frameRate: { ideal: Number(rate) } }),
  };
}

/** What is a path on any system. `\\\\?\\` begins the ids that Windows gives devices. */
const PATH = /^(?:\.{0,2}\/|(?:[a-z]:|\.{1,2})[\\/]|\\\\[^?.\\])/i;

function parseDevice(option: string, text: string): DeviceChoice {
  if (text === "default") return { kind: "default" };
  if (text === "synthetic") return { kind: "synthetic" };
  const stats = statSync(text, { throwIfNoEntry: false });
  if (stats?.isFile() === true) return { kind: "file", path: text };
  if (PATH.test(text) && !text.startsWith("/dev/")) {
    throw new UsageError(`${option} ${text}: there is no such file`);
  }
  return { kind: "named", text };
}
