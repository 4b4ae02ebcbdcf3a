import type { AudioMode, DeviceConfiguration } from "../../contract/device.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import { PROCESSING_LATENCY, type SoundProcessing } from "../../media/sound-processing.ts";

export type AudioConfiguration = Extract<DeviceConfiguration, { kind: "audio" }>;

const PROCESSING = ["echoCancellation", "autoGainControl", "noiseSuppression"] as const;

/**
 * How to run a microphone for settings that one track asked for: the mode that is nearest in
 * rate, channels, sample size and processing, with the backend's order between equals.
 */
export function chooseAudioConfiguration(
  modes: readonly AudioMode[],
  wanted: MediaTrackSettings,
): AudioConfiguration | undefined {
  let best: { readonly mode: AudioMode; readonly cost: number } | undefined;
  for (const mode of modes) {
    const cost = costOf(mode, wanted);
    if (best === undefined || cost < best.cost) best = { mode, cost };
  }
  if (best === undefined) return undefined;
  const { mode } = best;
  const processing = PROCESSING.flatMap((name) => {
    const value = wanted[name];
    return typeof value === "boolean" && mode[name]?.includes(value) === true
      ? [[name, value]]
      : [];
  });
  return {
    kind: "audio",
    mode,
    ...(wanted.latency !== undefined && { latency: wanted.latency }),
    ...Object.fromEntries(processing),
  };
}

/**
 * What a track really gets: what the device does to its sound, and its sample size, since these are
 * the source's; rate, channels and what else is done to the sound are the track's own.
 */
export function fitAudioSettings(
  settings: MediaTrackSettings,
  { mode, ...processing }: AudioConfiguration,
): MediaTrackSettings {
  const fitted: MediaTrackSettings = {
    ...settings,
    sampleRate: settings.sampleRate ?? mode.sampleRate,
    channelCount: settings.channelCount ?? mode.channelCount,
    sampleSize: mode.sampleSize,
  };
  for (const name of PROCESSING) {
    const value = processing[name];
    if (value !== undefined) fitted[name] = value;
  }
  if (processing.latency !== undefined) fitted.latency = processing.latency;
  if (fitted.latency !== undefined && processingOf(fitted, { mode, ...processing }) !== undefined) {
    fitted.latency += PROCESSING_LATENCY;
  }
  return fitted;
}

/** What is to be done to the sound of a track, beyond what the device does already. */
export function processingOf(
  settings: MediaTrackSettings,
  configuration: Omit<AudioConfiguration, "kind">,
): SoundProcessing | undefined {
  const isNeeded = (name: "noiseSuppression" | "autoGainControl"): boolean =>
    settings[name] === true && configuration[name] === undefined;
  const noiseSuppression = isNeeded("noiseSuppression");
  const autoGainControl = isNeeded("autoGainControl");
  return noiseSuppression || autoGainControl ? { noiseSuppression, autoGainControl } : undefined;
}

/** True when both run the device alike. */
export function isSameAudio(one: AudioConfiguration, other: AudioConfiguration): boolean {
  return (
    one.mode.sampleRate === other.mode.sampleRate &&
    one.mode.channelCount === other.mode.channelCount &&
    one.mode.sampleSize === other.mode.sampleSize &&
    one.latency === other.latency &&
    PROCESSING.every((name) => one[name] === other[name])
  );
}

function costOf(mode: AudioMode, wanted: MediaTrackSettings): number {
  const { sampleRate = mode.sampleRate, channelCount = mode.channelCount } = wanted;
  let cost = 0;
  // Losing what was asked for is worse than converting down to it.
  cost += mode.channelCount === channelCount ? 0 : mode.channelCount < channelCount ? 4 : 2;
  cost += mode.sampleRate === sampleRate ? 0 : mode.sampleRate < sampleRate ? 4 : 1;
  if (wanted.sampleSize !== undefined && mode.sampleSize !== wanted.sampleSize) cost += 1;
  if (wanted.latency !== undefined) {
    if (wanted.latency < mode.latency.min || wanted.latency > mode.latency.max) cost += 1;
  }
  for (const name of PROCESSING) {
    const value = wanted[name];
    if (typeof value === "boolean" && mode[name]?.includes(value) === false) cost += 8;
  }
  return cost;
}
