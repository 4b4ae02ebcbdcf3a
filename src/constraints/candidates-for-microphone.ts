import type { Candidate } from "./candidate.ts";
import type { MediaTrackSettings, NumberRange } from "./types.ts";

/** A native mode of a microphone. */
export interface NativeAudioMode {
  /** Hz */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** bits per sample */
  readonly sampleSize: number;
  /** Seconds from sound to sample that this mode can be asked for. */
  readonly latency: NumberRange;
  /** Processing that can be switched; what is absent can't be had. */
  readonly echoCancellation?: readonly boolean[];
  readonly autoGainControl?: readonly boolean[];
  readonly noiseSuppression?: readonly boolean[];
}

/** A microphone as scripts may know it, with the modes it has. */
export interface Microphone<Owner> {
  readonly owner: Owner;
  readonly deviceId: string;
  readonly groupId: string;
  readonly modes: readonly NativeAudioMode[];
}

const notOffered: readonly boolean[] = [false];

/**
 * The settings that a microphone can have, its modes in the order given. Echo cancellation, gain
 * control and noise suppression are on where they are offered and nothing else is asked; latency
 * is the least.
 */
export function candidatesForMicrophone<Owner>(microphone: Microphone<Owner>): Candidate<Owner>[] {
  const { owner, deviceId, groupId } = microphone;
  return microphone.modes.map((mode) => {
    const values = {
      deviceId: [deviceId],
      groupId: [groupId],
      echoCancellation: mode.echoCancellation ?? notOffered,
      autoGainControl: mode.autoGainControl ?? notOffered,
      noiseSuppression: mode.noiseSuppression ?? notOffered,
      voiceIsolation: notOffered,
    };
    const defaults: MediaTrackSettings = {
      sampleRate: mode.sampleRate,
      channelCount: mode.channelCount,
      sampleSize: mode.sampleSize,
      latency: mode.latency.min,
      echoCancellation: values.echoCancellation.includes(true),
      autoGainControl: values.autoGainControl.includes(true),
      noiseSuppression: values.noiseSuppression.includes(true),
      voiceIsolation: false,
    };
    const numbers = {
      sampleRate: { min: mode.sampleRate, max: mode.sampleRate },
      channelCount: { min: mode.channelCount, max: mode.channelCount },
      sampleSize: { min: mode.sampleSize, max: mode.sampleSize },
      latency: mode.latency,
    };
    return { owner, family: { numbers, values, defaults } };
  });
}
