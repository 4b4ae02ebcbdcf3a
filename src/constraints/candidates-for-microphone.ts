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
  /** What the device itself does to its sound, and can switch. */
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
/** The sound of any microphone can be processed. */
const switchable: readonly boolean[] = [false, true];

/**
 * The settings that a microphone can have, its modes in the order given. Unless asked for, what can
 * be off is off: the sound is what the microphone heard. Latency is the least.
 */
export function candidatesForMicrophone<Owner>(microphone: Microphone<Owner>): Candidate<Owner>[] {
  const { owner, deviceId, groupId } = microphone;
  return microphone.modes.map((mode) => {
    const values = {
      deviceId: [deviceId],
      groupId: [groupId],
      echoCancellation: mode.echoCancellation ?? notOffered,
      autoGainControl: mode.autoGainControl ?? switchable,
      noiseSuppression: mode.noiseSuppression ?? switchable,
      voiceIsolation: notOffered,
    };
    const defaults: MediaTrackSettings = {
      sampleRate: mode.sampleRate,
      channelCount: mode.channelCount,
      sampleSize: mode.sampleSize,
      latency: mode.latency.min,
      echoCancellation: !values.echoCancellation.includes(false),
      autoGainControl: !values.autoGainControl.includes(false),
      noiseSuppression: !values.noiseSuppression.includes(false),
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

/**
 * The settings that the sound of a display can have: a microphone's, and whether the program asked
 * for it to be heard no more while it is captured. That is for tabs of a browser, and changes
 * nothing here.
 *
 * @see https://w3c.github.io/mediacapture-screen-share/#def-constraint-suppressLocalAudioPlayback
 */
export function candidatesForSystemAudio<Owner>(output: Microphone<Owner>): Candidate<Owner>[] {
  return candidatesForMicrophone(output).map(({ family, owner }) => ({
    owner,
    family: {
      ...family,
      values: { ...family.values, suppressLocalAudioPlayback: [false, true] },
      defaults: { ...family.defaults, suppressLocalAudioPlayback: false },
    },
  }));
}
