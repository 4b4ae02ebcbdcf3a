import type { MediaStream } from "../../index.ts";
import type { RecordingOutput } from "./recording-output.ts";

/** How a recording is made. */
export interface RecordOptions {
  readonly mimeType: string;
  /** Default: until it is interrupted or the devices end. */
  readonly durationMs?: number;
  /** Called when every encoder is at work. */
  readonly onStart?: () => void;
  /** Finishes the recording. */
  readonly interrupted: AbortSignal;
}

/** How it went. */
export interface Recorded {
  /** The container and codecs really written. */
  readonly mimeType: string;
  readonly endedBy: "duration" | "interruption" | "end of the devices";
  readonly elapsedMs: number;
}

/**
 * Records a stream until it ends. What fails on the way ends the recording properly:
 * what was recorded until then is written.
 *
 * @throws what ended the recording early: the system's error where the file can't be written
 */
export async function recordStream(
  stream: MediaStream,
  output: RecordingOutput,
  { durationMs, interrupted, mimeType, onStart }: RecordOptions,
): Promise<Recorded> {
  const recorder = output.record(stream, { mimeType });
  // From here on, though the encoders come a moment later: what is captured until then is kept.
  const startedMs = performance.now();
  let endedBy: Recorded["endedBy"] = "end of the devices";
  const finish = (reason: Recorded["endedBy"]): void => {
    if (recorder.state === "inactive") return;
    endedBy = reason;
    recorder.stop();
  };
  const onInterrupted = (): void => finish("interruption");
  const timer = durationMs === undefined ? undefined : setTimeout(finish, durationMs, "duration");
  recorder.addEventListener("start", () => onStart?.());
  interrupted.addEventListener("abort", onInterrupted);
  if (interrupted.aborted) onInterrupted();
  try {
    await output.finished;
    return { mimeType: recorder.mimeType, endedBy, elapsedMs: performance.now() - startedMs };
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", onInterrupted);
  }
}
