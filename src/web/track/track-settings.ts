import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";

/**
 * The value of `[[Settings]]`. An ended track keeps only what says which device it was.
 * @see https://w3c.github.io/mediacapture-main/#dom-mediastreamtrack-getsettings
 */
export function settingsOf({ readyState, track }: MediaStreamTrackSlots): MediaTrackSettings {
  if (readyState === "live") return { ...track.settings };
  const { deviceId, facingMode, groupId } = track.settings;
  return {
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(facingMode === undefined ? {} : { facingMode }),
    ...(groupId === undefined ? {} : { groupId }),
  };
}
