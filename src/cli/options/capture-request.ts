import type { MediaTrackConstraints } from "../../index.ts";

/** Which device an option like `--video` names. */
export type DeviceChoice =
  | { readonly kind: "default" }
  | { readonly kind: "synthetic" }
  | { readonly kind: "file"; readonly path: string }
  /** A device's id, or a part of its label. */
  | { readonly kind: "named"; readonly text: string };

/** What such an option asks for. */
export interface MediaChoice {
  readonly device: DeviceChoice;
  readonly constraints: MediaTrackConstraints;
}

export interface RequestedMedia extends MediaChoice {
  /** Asked for by an option: without it there is no recording. */
  readonly required: boolean;
}

/** What to capture. */
export interface CaptureRequest {
  readonly video?: RequestedMedia;
  readonly audio?: RequestedMedia;
  readonly screen?: RequestedMedia;
  /** Takes the synthetic devices where there is no real one, or none is allowed. */
  readonly fallback?: boolean;
}
