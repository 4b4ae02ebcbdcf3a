import type { MediaStream } from "../../index.ts";
import { AudioLevel } from "./audio-level.ts";
import { formatProgress } from "./format-progress.ts";
import { LiveLine } from "../terminal/live-line.ts";
import type { Output } from "../terminal/terminal.ts";
import { pictureCounts } from "./picture-counts.ts";
import { RateMeter } from "./rate-meter.ts";
import type { RecordingOutput } from "./recording-output.ts";

const REFRESH_MS = 250;

/** A live line of how a recording stands, where there is a terminal. Returns what ends it. */
export function showProgress(
  stream: MediaStream,
  output: RecordingOutput,
  err: Output,
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
      formatProgress(
        {
          elapsedMs,
          bytes: output.bytes,
          framesPerSecond: counts ? rate.perSecond(counts.delivered, elapsedMs) : undefined,
          audioLevelDb: level?.takeDb(),
          droppedFrames: counts?.dropped,
        },
        line.columns,
      ),
    );
  }, REFRESH_MS);
  return () => {
    clearInterval(timer);
    level?.stop();
    line.clear();
  };
}
