import type { MediaStream, RecordingFile } from "../index.ts";
import { AudioLevel } from "./audio-level.ts";
import { formatProgress } from "./format-progress.ts";
import { LiveLine, type LiveLineStream } from "./live-line.ts";
import { pictureCounts } from "./picture-counts.ts";
import { RateMeter } from "./rate-meter.ts";

const REFRESH_MS = 250;

/** A live line of how a recording stands, where there is a terminal. Returns what ends it. */
export function showProgress(
  stream: MediaStream,
  output: RecordingFile,
  err: LiveLineStream,
): () => void {
  if (err.isTTY !== true) return () => undefined;
  const line = new LiveLine(err);
  const [audioTrack] = stream.getAudioTracks();
  const level = audioTrack === undefined ? undefined : new AudioLevel(audioTrack);
  const rate = new RateMeter();
  const startedMs = performance.now();
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - startedMs;
    const counts = pictureCounts(stream);
    line.show(
      formatProgress({
        elapsedMs,
        bytes: output.bytes,
        framesPerSecond: counts ? rate.perSecond(counts.delivered, elapsedMs) : undefined,
        audioLevelDb: level?.takeDb(),
        droppedFrames: counts?.dropped,
      }),
    );
  }, REFRESH_MS);
  return () => {
    clearInterval(timer);
    level?.stop();
    line.clear();
  };
}
