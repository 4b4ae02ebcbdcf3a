import type { CAC } from "cac";

import { cannotWrite, systemErrorOf } from "../cannot-write.ts";
import type { CaptureRequest } from "../capture-request.ts";
import { createDeviceSources } from "../device-sources.ts";
import { ExitCode } from "../exit-code.ts";
import { formatBytes, formatElapsed } from "../format-progress.ts";
import { RecordingFile } from "../../index.ts";
import { Interruption } from "../interruption.ts";
import { captureRequestOf, type MediaOptions } from "../media-options.ts";
import { type Capture, openCapture } from "../open-capture.ts";
import { parseDuration } from "../parse-duration.ts";
import { pictureCounts } from "../picture-counts.ts";
import { recordStream } from "../record-stream.ts";
import { recordingTypeOf } from "../recording-type.ts";
import { showProgress } from "../show-progress.ts";
import type { Terminal } from "../terminal.ts";
import { plainText } from "../../host/plain-text.ts";

interface RecordCommandOptions extends MediaOptions {
  readonly duration?: unknown;
  readonly json?: boolean;
}

export function addRecordCommand(program: CAC, terminal: Terminal): void {
  program
    .command("record <file>", "Record a camera or screen and a microphone into a file")
    .option(
      "--video [choice]",
      "A camera: id, part of its name, synthetic, a file, a size like 1280x720@30, name,size, or constraints as JSON",
    )
    .option("--no-video", "No picture")
    .option(
      "--audio [choice]",
      "A microphone: id, part of its name, synthetic, a file, or constraints as JSON",
    )
    .option("--no-audio", "No sound")
    .option("--screen [choice]", "The screen in place of a camera, with a size or constraints")
    .option("--duration <time>", "Stop after 5s, 1m30s, 500ms (default: at Ctrl-C)")
    .option("--fallback", "Take synthetic devices where there is no real one, or none is allowed")
    .option("--json", "Print a summary as JSON at the end")
    .example((name) => `  ${name} record --duration 5s out.webm`)
    .example((name) => `  ${name} record --video "Logi,1280x720@30" --no-audio out.mp4`)
    .example((name) => `  ${name} record --screen --duration 1m screen.webm`)
    .example((name) => `  ${name} record --audio '{"channelCount":1}' voice.wav`)
    .action((file: string, options: RecordCommandOptions) => record(file, options, terminal));
}

/** Until there is something to finish, the first Ctrl-C ends the program. */
async function openUnlessInterrupted(
  request: CaptureRequest,
  output: RecordingFile,
  interrupted: AbortSignal,
): Promise<Capture> {
  const abort = (): void => void output.close().finally(() => process.exit(ExitCode.aborted));
  interrupted.addEventListener("abort", abort);
  try {
    return await openCapture(request, createDeviceSources());
  } catch (error) {
    await output.close();
    throw error;
  } finally {
    interrupted.removeEventListener("abort", abort);
  }
}

async function record(
  file: string,
  options: RecordCommandOptions,
  { err, out }: Terminal,
): Promise<void> {
  const { mimeType, hasVideo } = recordingTypeOf(file);
  const request = captureRequestOf(options, hasVideo);
  const duration = options.duration;
  const durationMs = duration === undefined ? undefined : parseDuration(String(duration));

  const output = await RecordingFile.open(file).catch((error: unknown) => {
    throw cannotWrite(file, error);
  });
  const interruption = new Interruption();
  const capture = await openUnlessInterrupted(request, output, interruption.signal);
  for (const notice of capture.notices) err.write(`${notice}\n`);
  const devices = capture.stream.getTracks().map(({ kind, label }) => ({ kind, label }));
  err.write(
    `Recording ${devices.map(({ label }) => plainText(label)).join(" and ")} into ${file}\n`,
  );
  let stopProgress = (): void => undefined;
  try {
    const recorded = await recordStream(capture.stream, output, {
      mimeType,
      interrupted: interruption.signal,
      onStart: () => {
        stopProgress = showProgress(capture.stream, output, err);
      },
      ...(durationMs === undefined ? {} : { durationMs }),
    });
    stopProgress();
    const { elapsedMs, endedBy } = recorded;
    const counts = pictureCounts(capture.stream);
    const summary = {
      file,
      mimeType: recorded.mimeType,
      bytes: output.bytes,
      durationMs: Math.round(elapsedMs),
      ...(counts ? { frames: counts.delivered, droppedFrames: counts.dropped } : {}),
      endedBy,
      devices,
    };
    out.write(
      options.json === true
        ? `${JSON.stringify(summary)}\n`
        : `${file}: ${formatElapsed(elapsedMs)}, ${formatBytes(output.bytes)}\n`,
    );
  } catch (error) {
    throw systemErrorOf(error) === undefined ? error : cannotWrite(file, error);
  } finally {
    stopProgress();
    interruption[Symbol.dispose]();
    await output.close();
    await capture.close();
  }
}
