import { formatProgress, type Progress } from "./format-progress.ts";
import type { MediaStream } from "../index.ts";
import { LiveLine, type LiveLineStream } from "./live-line.ts";
import type { OutputFile } from "./output-file.ts";

/** What is known at the end. */
export interface FinalProgress {
  readonly droppedFrames: number | undefined;
}

const REFRESH_MS = 250;

/** Keeps a live line of how a recording stands. Returns what ends it. */
export function showProgress(
  stream: MediaStream,
  output: OutputFile,
  err: LiveLineStream,
): { stop(): FinalProgress } {
  const line = new LiveLine(err);
  const startedMs = performance.now();
  const progress = (): Progress => ({
    elapsedMs: performance.now() - startedMs,
    bytes: output.bytes,
  });
  void stream;
  const timer = setInterval(() => line.show(formatProgress(progress())), REFRESH_MS);
  return {
    stop() {
      clearInterval(timer);
      line.clear();
      return { droppedFrames: undefined };
    },
  };
}
