import type { ListedAudioMode, ListedDevice } from "../capture-process/child/list-devices.ts";
import type { AudioMode, MicrophoneDescription } from "../contract/device.ts";

const LATENCY = { min: 0.01, max: 0.1 };

/** What a microphone is taken to have that doesn't tell its modes. */
const USUAL: readonly ListedAudioMode[] = [{ sampleRate: 48_000, channels: 1, sampleSize: 16 }];

/** A microphone as FFmpeg lists it on macOS and Windows. */
export function describeListedMicrophone(
  { name, description, isDefault }: ListedDevice,
  listed: readonly ListedAudioMode[],
): MicrophoneDescription {
  const modes = new Map<string, AudioMode>();
  for (const { sampleRate, channels: channelCount, sampleSize } of listed.length ? listed : USUAL) {
    const key = `${sampleRate}/${channelCount}`;
    if (!modes.has(key)) modes.set(key, { sampleRate, channelCount, sampleSize, latency: LATENCY });
  }
  return {
    kind: "audioinput",
    hardwareId: name,
    hardwareGroupId: name,
    label: description,
    isDefault,
    modes: [...modes.values()],
  };
}
