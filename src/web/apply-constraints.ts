import type { MediaTrackConstraints } from "../constraints/types.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";

/** @see https://w3c.github.io/mediacapture-main/#dom-mediastreamtrack-applyconstraints */
export async function applyConstraints(
  slots: MediaStreamTrackSlots,
  constraints: MediaTrackConstraints,
): Promise<void> {
  slots.constraints = constraints;
}
