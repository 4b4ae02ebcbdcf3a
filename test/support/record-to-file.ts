import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ErrorEvent } from "../../src/web/recorder/error-event.ts";
import { MediaRecorder } from "../../src/web/recorder/media-recorder.ts";
import type { MediaRecorderOptions } from "../../src/web/recorder/media-recorder-options.ts";
import type { MediaStream } from "../../src/web/stream/media-stream.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Records until `body` is through; a file of all data together. */
export async function recordToFile(
  stream: MediaStream,
  { timeslice, ...options }: MediaRecorderOptions & { timeslice?: number },
  body: (recorder: MediaRecorder) => Promise<void>,
): Promise<{ file: string; mimeType: string; slices: number }> {
  const recorder = new MediaRecorder(stream, options);
  const parts: Blob[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => resolve();
    recorder.addEventListener("error", (event) => reject((event as ErrorEvent).error as Error));
  });
  const started = new Promise<void>((resolve) => {
    recorder.onstart = () => resolve();
  });
  recorder.start(timeslice);
  await Promise.race([started, ended]);
  const { mimeType } = recorder;
  await body(recorder);
  if (recorder.state !== "inactive") recorder.stop();
  await ended;
  const file = join(temporaryFolder(), "recording");
  await writeFile(file, Buffer.from(await new Blob(parts).arrayBuffer()));
  return { file, mimeType, slices: parts.length };
}
