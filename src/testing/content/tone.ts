import { planarAudio } from "./planar-audio.ts";
import type { AudioContent } from "./content.ts";

/**
 * A microphone that hears a sine wave, the same in every channel.
 * @param frequency Hz
 * @param level amplitude, 0 to 1
 */
export function tone(frequency: number, level = 0.5): AudioContent {
  return (request) => {
    const step = (2 * Math.PI * frequency) / request.sampleRate;
    return planarAudio(request, (plane) => {
      for (let i = 0; i < plane.length; i++)
        plane[i] = level * Math.sin(step * (request.index + i));
    });
  };
}

/** A microphone that hears nothing. */
export function silence(): AudioContent {
  return (request) => planarAudio(request, () => undefined);
}
