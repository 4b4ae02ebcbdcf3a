import type { DeviceConfiguration, DeviceDescription } from "../../contract/device.ts";
import { DeviceError } from "../../contract/device-error.ts";
import { isSound } from "../../contract/device.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import {
  type AudioConfiguration,
  chooseAudioConfiguration,
  fitAudioSettings,
  isSameAudio,
} from "./serve-audio.ts";
import { chooseVideoMode, fitVideoSettings, videoModeServes } from "./serve-video.ts";

/** What the tracks of a device want of it. */
export interface Demand {
  /** The track whose settings are asked for now. */
  readonly asked: MediaTrackSettings;
  /** True when an existing track asks for a change; false for a new one. */
  readonly isChange: boolean;
  /** The settings of the other live tracks. */
  readonly others: readonly MediaTrackSettings[];
}

/**
 * How to run a device for all its tracks, given how it runs now.
 *
 * A camera keeps its mode while the mode serves every track, unless its only track asks for another.
 * A microphone keeps its processing when a track joins; a track that asks for a change changes the
 * processing of all, as there is only one microphone. The settings of each track say what it got.
 *
 * @throws DeviceError when the device lists no mode
 */
export function serveTracks(
  description: DeviceDescription,
  current: DeviceConfiguration | undefined,
  demand: Demand,
): DeviceConfiguration {
  const chosen = isSound(description)
    ? serveAudio(description.modes, current, demand)
    : serveVideo(description.modes, current, demand);
  if (chosen === undefined) {
    throw new DeviceError("failed", `${description.label} lists no mode that it could run in.`);
  }
  return chosen;
}

/** What a track that asked for `settings` really gets. */
export function fitSettings(
  settings: MediaTrackSettings,
  configuration: DeviceConfiguration,
): MediaTrackSettings {
  return configuration.kind === "video"
    ? fitVideoSettings(settings, configuration.mode)
    : fitAudioSettings(settings, configuration);
}

export function isSameConfiguration(
  one: DeviceConfiguration | undefined,
  other: DeviceConfiguration,
): boolean {
  if (one?.kind === "audio" && other.kind === "audio") return isSameAudio(one, other);
  if (one?.kind !== "video" || other.kind !== "video") return false;
  const { mode } = one;
  return (
    mode.width === other.mode.width &&
    mode.height === other.mode.height &&
    mode.frameRate === other.mode.frameRate &&
    mode.pixelFormat === other.mode.pixelFormat
  );
}

type VideoModes = Extract<DeviceDescription, { kind: "videoinput" }>["modes"];
type AudioModes = Extract<DeviceDescription, { kind: "audioinput" }>["modes"];

function serveVideo(
  modes: VideoModes,
  current: DeviceConfiguration | undefined,
  { asked, others }: Demand,
): DeviceConfiguration | undefined {
  const keeps =
    current?.kind === "video" &&
    others.length > 0 &&
    [asked, ...others].every((settings) => videoModeServes(current.mode, settings));
  if (keeps) return current;
  const mode = chooseVideoMode(modes, asked, others);
  return mode && { kind: "video", mode };
}

function serveAudio(
  modes: AudioModes,
  current: DeviceConfiguration | undefined,
  { asked, isChange, others }: Demand,
): AudioConfiguration | undefined {
  const keeps = current?.kind === "audio" && others.length > 0 && !isChange;
  return keeps ? current : chooseAudioConfiguration(modes, asked);
}
