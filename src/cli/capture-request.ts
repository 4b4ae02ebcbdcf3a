import type { MediaChoice } from "./media-choice.ts";

/** What to capture. */
export interface CaptureRequest {
  readonly video?: RequestedMedia;
  readonly audio?: RequestedMedia;
  readonly screen?: RequestedMedia;
  /** Takes the synthetic devices where there is no real one, or none is allowed. */
  readonly fallback?: boolean;
}

export interface RequestedMedia extends MediaChoice {
  /** Asked for in so many words: without it there is no recording. */
  readonly required: boolean;
}
