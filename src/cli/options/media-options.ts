import { Option } from "commander";

import { UsageError } from "../errors.ts";
import type { CaptureRequest, RequestedMedia } from "./capture-request.ts";
import { parseMediaChoice } from "./parse-media-choice.ts";

/**
 * The values of `--video`, `--no-video`, `--audio` …: `undefined` where nothing was said, `true` for
 * an option without a value, `false` for its `--no-` form.
 */
export interface MediaOptions {
  readonly video?: string | boolean;
  readonly audio?: string | boolean;
  readonly screen?: string | boolean;
  readonly fallback?: boolean;
}

const ANY: RequestedMedia = { device: { kind: "default" }, constraints: {}, required: false };

/** An option like `--video [choice]`, which may be given once. */
export function choiceOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, previous: unknown) => {
    if (typeof previous === "string") throw new UsageError(`${flags.split(" ")[0]}: say it once`);
    return value;
  });
}

/**
 * What is to be captured, from the options.
 *
 * @param hasVideo whether the file that is written can have pictures
 * @throws UsageError
 */
export function captureRequestOf(options: MediaOptions, hasVideo: boolean): CaptureRequest {
  const screen = parse("--screen", options.screen);
  const isNamed = typeof options.video === "string" || options.video === true;
  if (!hasVideo && (isNamed || screen !== undefined)) {
    throw new UsageError("This format has no pictures; leave out --video and --screen");
  }
  if (isNamed && screen !== undefined) {
    throw new UsageError("--video and --screen: one picture at a time");
  }
  // A screen takes the place of the camera that nobody named.
  const isCameraImplied = options.video === undefined && screen === undefined && hasVideo;
  const video = isCameraImplied ? ANY : parse("--video", options.video);
  const audio = options.audio === undefined ? ANY : parse("--audio", options.audio);
  if (video === undefined && audio === undefined && screen === undefined) {
    throw new UsageError("There is nothing left to record");
  }
  return {
    ...(video === undefined ? {} : { video }),
    ...(audio === undefined ? {} : { audio }),
    ...(screen === undefined ? {} : { screen }),
    ...(options.fallback === true ? { fallback: true } : {}),
  };
}

function parse(option: string, value: string | boolean | undefined): RequestedMedia | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return { ...ANY, required: true };
  return { ...parseMediaChoice(option, value), required: true };
}
