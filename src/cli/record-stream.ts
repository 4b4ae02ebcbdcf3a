import { type BlobEvent, MediaRecorder, type MediaStream } from "../index.ts";
import type { OutputFile } from "./output-file.ts";

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

/** ms of a recording that are in memory, and lost if the machine fails. */
const TIMESLICE_MS = 1000;

/**
 * Records a stream into a file until it ends. What fails on the way ends the recording properly:
 * what was recorded until then is in the file.
 *
 * @throws CommandError when the file can't be written; what the recorder's `error` event says
 */
export async function recordStream(
  stream: MediaStream,
  output: OutputFile,
  { durationMs, interrupted, mimeType, onStart }: RecordOptions,
): Promise<Recorded> {
  const recorder = new MediaRecorder(stream, { mimeType });
  let failure: unknown;
  let endedBy: Recorded["endedBy"] = "end of the devices";
  let startedMs = performance.now();
  const finish = (reason: Recorded["endedBy"]): void => {
    if (recorder.state === "inactive") return;
    endedBy = reason;
    recorder.stop();
  };
  const onInterrupted = (): void => finish("interruption");
  let timer: NodeJS.Timeout | undefined;

  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  recorder.addEventListener("error", (event) => {
    failure ??= (event as unknown as { readonly error: unknown }).error;
  });
  recorder.addEventListener("start", () => {
    startedMs = performance.now();
    onStart?.();
    if (durationMs !== undefined) timer = setTimeout(finish, durationMs, "duration");
  });
  recorder.addEventListener("dataavailable", (event) => {
    const { data } = event as BlobEvent;
    const bytes = data.arrayBuffer().then((buffer) => new Uint8Array(buffer));
    output.write(bytes).catch((error: unknown) => {
      failure ??= error;
      finish("end of the devices");
    });
  });

  recorder.start(TIMESLICE_MS);
  interrupted.addEventListener("abort", onInterrupted);
  if (interrupted.aborted) onInterrupted();
  await stopped;
  const elapsedMs = performance.now() - startedMs;
  clearTimeout(timer);
  interrupted.removeEventListener("abort", onInterrupted);
  await output.close().catch((error: unknown) => {
    failure ??= error;
  });
  if (failure !== undefined) throw failure;
  return { mimeType: recorder.mimeType, endedBy, elapsedMs };
}
