import type { CaptureRequest, RequestedMedia } from "./capture-request.ts";
import { parseMediaChoice } from "./parse-media-choice.ts";
import { UsageError } from "./usage-error.ts";

/** What cac makes of `--video`, `--no-video`, `--audio` …: `true` where nothing was said. */
export interface MediaOptions {
  readonly video?: unknown;
  readonly audio?: unknown;
  readonly screen?: unknown;
  readonly fallback?: boolean;
}

const ANY: RequestedMedia = { device: { kind: "default" }, constraints: {}, required: false };

/**
 * What is to be captured, from the options.
 *
 * @param hasVideo whether the file that is written can have pictures
 * @throws UsageError
 */
export function captureRequestOf(options: MediaOptions, hasVideo: boolean): CaptureRequest {
  const screen = parse("--screen", options.screen ?? false);
  // A screen takes the camera's place, unless a camera was asked for by name.
  const isCameraImplied = options.video === true && screen === undefined && hasVideo;
  const video = isCameraImplied
    ? ANY
    : parse("--video", options.video === true ? false : options.video);
  const audio = parse("--audio", options.audio);
  if (!hasVideo && (video !== undefined || screen !== undefined)) {
    throw new UsageError("This format has no pictures; leave out --video and --screen");
  }
  if (video !== undefined && screen !== undefined) {
    throw new UsageError("--video and --screen: one picture at a time");
  }
  if (video === undefined && audio === undefined && screen === undefined) {
    throw new UsageError("There is nothing left to record");
  }
  return {
    ...(video === undefined ? {} : { video }),
    ...(audio === undefined ? {} : { audio }),
    ...(screen === undefined ? {} : { screen: { ...screen, required: true } }),
    ...(options.fallback === true ? { fallback: true } : {}),
  };
}

function parse(option: string, value: unknown): RequestedMedia | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return ANY;
  if (Array.isArray(value)) throw new UsageError(`${option}: say it once`);
  return { ...parseMediaChoice(option, String(value)), required: true };
}
