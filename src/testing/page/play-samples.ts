import type { AudioData } from "../../media/audio-data.ts";
import type { PageWindow } from "./page-window.ts";
import type { NativeFeed } from "./paint-frames.ts";

/** s between what comes and what is heard: time enough for a busy page. */
const LEAD_S = 0.05;

/**
 * A native audio track that plays samples as they come. Where a page needs a gesture before it may
 * sound (`--autoplay-policy`), the track is silent until then.
 */
export function playSamples(
  window: PageWindow,
  { sampleRate = 48_000 }: { sampleRate?: number },
): NativeFeed<AudioData> {
  const context = new window.AudioContext({ sampleRate });
  const output = context.createMediaStreamDestination();
  const [native] = output.stream.getTracks();
  if (native === undefined) throw new Error("This browser has no audio tracks.");
  // Rejected where the track ends first.
  context.resume().catch(() => undefined);
  let nextS = 0;
  return {
    native,
    give(data) {
      const { numberOfChannels, numberOfFrames, sampleRate: rate } = data;
      const buffer = context.createBuffer(numberOfChannels, numberOfFrames, rate);
      const samples = new Float32Array(numberOfFrames);
      for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex++) {
        data.copyTo(samples, { planeIndex, format: "f32-planar" });
        buffer.copyToChannel(samples, planeIndex);
      }
      data.close();
      nextS = Math.max(nextS, context.currentTime + LEAD_S);
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(output);
      source.start(nextS);
      nextS += buffer.duration;
    },
    end: () => void context.close().catch(() => undefined),
  };
}
