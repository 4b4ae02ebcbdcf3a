import type { Candidate } from "./candidate.ts";
import { candidatesForMicrophone } from "./candidates-for-microphone.ts";
import type { Microphone } from "./candidates-for-microphone.ts";

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
