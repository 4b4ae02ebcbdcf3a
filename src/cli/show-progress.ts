import { AudioLevel } from "./audio-level.ts";
import { formatProgress, type Progress } from "./format-progress.ts";
import type { MediaStream } from "../index.ts";
import { LiveLine, type LiveLineStream } from "./live-line.ts";
import type { OutputFile } from "./output-file.ts";

const REFRESH_MS = 250;

/** Keeps a live line of how a recording stands, where there is a terminal. Returns what ends it. */
export function showProgress(
  stream: MediaStream,
  output: OutputFile,
  err: LiveLineStream,
): () => void {
  if (err.isTTY !== true) return () => undefined;
  const line = new LiveLine(err);
  const [audioTrack] = stream.getAudioTracks();
  const level = audioTrack === undefined ? undefined : new AudioLevel(audioTrack);
  const startedMs = performance.now();
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - startedMs;
    const progress: Progress = {
      elapsedMs,
      bytes: output.bytes,
      audioLevelDb: level?.db,
      ...videoProgress(stream, elapsedMs),
    };
    line.show(formatProgress(progress));
  }, REFRESH_MS);
  return () => {
    clearInterval(timer);
    level?.stop();
    line.clear();
  };
}

/** The pictures of a stream so far; nothing for one without. */
export function videoProgress(
  stream: MediaStream,
  elapsedMs: number,
): Pick<Progress, "framesPerSecond" | "droppedFrames"> {
  const stats = stream.getVideoTracks()[0]?.stats;
  if (stats == null) return {};
  return {
    framesPerSecond: (stats.deliveredFrames * 1000) / elapsedMs,
    droppedFrames: stats.discardedFrames,
  };
}
