import type { Writable } from "node:stream";

import { type Command, Option } from "commander";

import { plainJson, plainText } from "../../host/plain-text.ts";
import { RecordingFile } from "../../index.ts";
import { createDeviceSources } from "../devices/device-sources.ts";
import { type Capture, openCapture } from "../devices/open-capture.ts";
import { cannotWrite, ExitCode, systemErrorOf, UsageError } from "../errors.ts";
import type { CaptureRequest } from "../options/capture-request.ts";
import {
  addReplaceOptions,
  checkReplaceable,
  type ReplaceOptions,
} from "../options/existing-file.ts";
import { recordingFormats, recordingTypeOf, STANDARD_OUTPUT } from "../options/file-type.ts";
import { captureRequestOf, choiceOption, type MediaOptions } from "../options/media-options.ts";
import { parseDuration } from "../options/parse-duration.ts";
import { formatBytes, formatElapsed } from "../recording/format-progress.ts";
import { Interruption } from "../recording/interruption.ts";
import { pictureCounts } from "../recording/picture-counts.ts";
import { type Recorded, recordStream } from "../recording/record-stream.ts";
import { type RecordingOutput, StreamOutput } from "../recording/recording-output.ts";
import { showProgress } from "../recording/show-progress.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface RecordOptions extends MediaOptions, ReplaceOptions {
  readonly duration?: string;
  readonly format?: string;
  readonly json?: boolean;
}

export function addRecordCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("record")
    .description("Record a camera or screen and a microphone into a file")
    .argument(
      "<file>",
      `Its name says the format: .${recordingFormats.join(" .")}; - is the standard output`,
    )
    .addOption(
      choiceOption(
        "--video [choice]",
        "A camera: id, part of its name, synthetic, a file, a size like 1280x720@30, name,size, or constraints as JSON",
      ),
    )
    .option("--no-video", "Record no picture")
    .addOption(
      choiceOption(
        "--audio [choice]",
        "A microphone: id, part of its name, synthetic, a file, or constraints as JSON",
      ),
    )
    .option("--no-audio", "Record no sound")
    .addOption(
      choiceOption(
        "--screen [choice]",
        "The screen in place of a camera, with a size or constraints",
      ),
    )
    .option(
      "--duration <time>",
      "Stop after a time: 5s, 1m30s, 500ms, 1.5h, or 5 for seconds (default: at Ctrl-C)",
    )
    .addOption(
      new Option("--format <format>", "The format, where the name doesn't say it").choices(
        recordingFormats,
      ),
    )
    .option("--fallback", "Take synthetic devices where there is no real one, or none is allowed")
    .option("--json", "Print a summary as JSON at the end");
  addReplaceOptions(command).action((file: string, options: RecordOptions) =>
    record(file, options, terminal),
  );
  addExamples(command, terminal, [
    "usermedia record --duration 5s out.webm",
    'usermedia record --video "Logi,1280x720@30" --no-audio out.mp4',
    "usermedia record --screen --duration 1m screen.webm",
    `usermedia record --audio '{"channelCount":1}' voice.wav`,
    "usermedia record --format mkv - | ffplay -",
  ]);
}

async function record(file: string, options: RecordOptions, terminal: Terminal): Promise<void> {
  const { hasVideo, mimeType } = recordingTypeOf(file, options.format);
  const request = captureRequestOf(options, hasVideo);
  const durationMs = options.duration === undefined ? undefined : parseDuration(options.duration);
  await checkReplaceable(file, options, terminal);
  const output = await openOutput(file, terminal);
  const interruption = new Interruption();
  const capture = await openUnlessInterrupted(request, output, interruption.signal);
  for (const notice of capture.notices) terminal.say(notice);
  const labels = capture.stream.getTracks().map(({ label }) => plainText(label));
  terminal.say(`Recording ${labels.join(" and ")} into ${nameOf(file)}`);
  let stopProgress = (): void => undefined;
  try {
    const recorded = await recordStream(capture.stream, output, {
      mimeType,
      interrupted: interruption.signal,
      onStart: () => {
        stopProgress = showProgress(capture.stream, output, terminal.err);
      },
      ...(durationMs === undefined ? {} : { durationMs }),
    });
    stopProgress();
    summarize(file, recorded, { capture, options, output, terminal });
  } catch (error) {
    throw systemErrorOf(error) === undefined ? error : cannotWrite(nameOf(file), error);
  } finally {
    stopProgress();
    interruption[Symbol.dispose]();
    await output.close();
    await capture.close();
  }
}

function nameOf(file: string): string {
  return file === STANDARD_OUTPUT ? "the standard output" : file;
}

/** @throws CommandError when it can't be written */
async function openOutput(file: string, { out }: Terminal): Promise<RecordingOutput> {
  if (file !== STANDARD_OUTPUT) {
    return await RecordingFile.open(file).catch((error: unknown) => {
      throw cannotWrite(file, error);
    });
  }
  if (out.isTTY === true) {
    throw new UsageError("A recording isn't written to a terminal; redirect the output");
  }
  return new StreamOutput(out as Writable);
}

/** Until there is something to finish, the first Ctrl-C ends the program. */
async function openUnlessInterrupted(
  request: CaptureRequest,
  output: RecordingOutput,
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

interface Finished {
  readonly capture: Capture;
  readonly options: RecordOptions;
  readonly output: RecordingOutput;
  readonly terminal: Terminal;
}

/** Says how the recording went: as the result, or beside it where the recording is the result. */
function summarize(
  file: string,
  { elapsedMs, endedBy, mimeType }: Recorded,
  { capture, options, output, terminal }: Finished,
): void {
  const { bytes } = output;
  const isBeside = file === STANDARD_OUTPUT;
  if (options.json !== true) {
    const text = `${isBeside ? "" : `${file}: `}${formatElapsed(elapsedMs)}, ${formatBytes(bytes)}`;
    return isBeside ? terminal.say(text) : terminal.print(text);
  }
  const counts = pictureCounts(capture.stream);
  const summary = {
    file,
    mimeType,
    bytes,
    durationMs: Math.round(elapsedMs),
    ...(counts ? { frames: counts.delivered, droppedFrames: counts.dropped } : {}),
    endedBy,
    devices: capture.stream.getTracks().map(({ kind, label }) => ({ kind, label })),
  };
  if (isBeside) terminal.say(plainJson(summary));
  else terminal.printJson(summary);
}
