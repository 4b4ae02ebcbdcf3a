import { planarAudio } from "./planar-audio.ts";
import type { AudioContent } from "./content.ts";

/**
 * A microphone that hears a WAV file (a recorded sentence, say), over and over.
 * Channels that the file hasn't are copies of its first; other rates are read at the nearest sample.
 * @throws TypeError when the file holds no PCM audio
 */
export async function soundFile(path: string): Promise<AudioContent> {
  const { channels, sampleRate } = await readPcm(path);
  const [first = new Float32Array(1)] = channels;
  return (request) => {
    const ratio = sampleRate / request.sampleRate;
    return planarAudio(request, (plane, channel) => {
      const source = channels[channel] ?? first;
      for (let i = 0; i < plane.length; i++) {
        plane[i] = source[Math.floor((request.index + i) * ratio) % source.length] ?? 0;
      }
    });
  };
}

async function readPcm(path: string): Promise<{ channels: Float32Array[]; sampleRate: number }> {
  const { readFile } = await import("node:fs/promises");
  const { AudioSampleSink, BufferSource, Input, WAVE } = await import("mediabunny");
  const input = new Input({ source: new BufferSource(await readFile(path)), formats: [WAVE] });
  const track = await input.getPrimaryAudioTrack().catch(() => null);
  if (track === null) throw new TypeError(`${path} is no WAV file with sound in it.`);
  const { numberOfChannels, sampleRate } = track;
  const runs: Float32Array[][] = Array.from({ length: numberOfChannels }, () => []);
  for await (const sample of new AudioSampleSink(track).samples()) {
    for (const [planeIndex, run] of runs.entries()) {
      const options = { planeIndex, format: "f32-planar" } as const;
      const plane = new Float32Array(sample.allocationSize(options) / 4);
      sample.copyTo(plane, options);
      run.push(plane);
    }
    sample.close();
  }
  return { channels: runs.map(joined), sampleRate };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
