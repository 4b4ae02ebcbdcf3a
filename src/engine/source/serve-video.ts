import type { VideoMode } from "../../contract/device.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";

/** Rates nearer than this are the same. */
const RATE_TOLERANCE = 1.01;

/**
 * The native mode that serves all tracks with the least work. What `asked` asks for counts first,
 * since it was promised just now; then what the others do. Then: no pixels or frames missing, none
 * scaled, the fewest of them; the backend's order decides between equals.
 */
export function chooseVideoMode(
  modes: readonly VideoMode[],
  asked: MediaTrackSettings,
  others: readonly MediaTrackSettings[],
): VideoMode | undefined {
  let best: { readonly mode: VideoMode; readonly cost: readonly number[] } | undefined;
  for (const mode of modes) {
    const [missing = 0] = costOf(mode, [asked]);
    const cost = [missing, ...costOf(mode, [asked, ...others])];
    if (best === undefined || isLess(cost, best.cost)) best = { mode, cost };
  }
  return best?.mode;
}

/** True when the mode has every pixel and frame that the settings need, without converting `none`. */
export function videoModeServes(mode: VideoMode, settings: MediaTrackSettings): boolean {
  const [missing = 0, converted = 0] = costOf(mode, [settings]);
  return missing === 0 && (settings.resizeMode !== "none" || converted === 0);
}

/** What a track really gets from a mode: never more pixels or frames than it has. */
export function fitVideoSettings(
  settings: MediaTrackSettings,
  mode: VideoMode,
): MediaTrackSettings {
  const width = Math.min(settings.width ?? mode.width, mode.width);
  const height = Math.min(settings.height ?? mode.height, mode.height);
  const frameRate = Math.min(settings.frameRate ?? mode.frameRate, mode.frameRate);
  return { ...settings, width, height, frameRate, aspectRatio: width / height };
}

function costOf(mode: VideoMode, wanted: readonly MediaTrackSettings[]): readonly number[] {
  let missing = 0;
  let convertedNone = 0;
  let converted = 0;
  for (const { width = 0, height = 0, frameRate = 0, resizeMode } of wanted) {
    missing += shortfall(mode.width, width) + shortfall(mode.height, height);
    missing += shortfall(mode.frameRate * RATE_TOLERANCE, frameRate);
    const sameSize = isSame(mode.width, width) && isSame(mode.height, height);
    const sameRate = frameRate === 0 || mode.frameRate <= frameRate * RATE_TOLERANCE;
    if (!sameSize) converted += 1;
    if (resizeMode === "none" && !(sameSize && sameRate)) convertedNone += 1;
  }
  return [missing, convertedNone, converted, mode.width * mode.height, mode.frameRate];
}

function shortfall(has: number, needs: number): number {
  return has >= needs ? 0 : 1 - has / needs;
}

function isSame(has: number, wanted: number): boolean {
  return wanted === 0 || has === wanted;
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
