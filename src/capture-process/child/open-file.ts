import { access } from "node:fs/promises";
import type { FormatContext, InputFormat, Stream } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import { check } from "./check.ts";
import { SELF_CONTAINED_FORMATS } from "./file-formats.ts";
import type { Native } from "./native.ts";

/** FFmpeg's reader of a series of pictures. Opened alone, it reads nothing; its files are read after. */
const SERIES = "image2";

/**
 * Opens a file, and nothing but that file: no other file, device or address that its content or its
 * name leads to.
 * @param formats those that are taken, by FFmpeg's names; default: all that need no other file
 * @throws DeviceError `not-found` where no file is, `failed` where it is no media
 */
export async function openFile(
  native: Native,
  path: string,
  formats: readonly string[] = SELF_CONTAINED_FORMATS,
): Promise<FormatContext> {
  await access(path).catch((cause: unknown) => {
    throw new DeviceError("not-found", `There is no file ${path} that can be read.`, { cause });
  });
  const context = await openAs(native, path, null, [...formats, SERIES]);
  if (context.iformat?.name !== SERIES) return await withStreams(native, path, context);
  const still = stillFormatOf(native, context);
  await context.closeInput();
  if (still === null) throw new DeviceError("failed", `${path} is no picture that can be read.`);
  return await withStreams(native, path, await openAs(native, path, still, formats));
}

async function openAs(
  native: Native,
  path: string,
  format: InputFormat | null,
  formats: readonly string[],
): Promise<FormatContext> {
  const context = new native.FormatContext();
  context.allocContext();
  const options = native.Dictionary.fromObject({
    format_whitelist: formats.join(","),
    protocol_whitelist: "file",
    // Else "%" and "*" in the name of a picture stand for other files.
    pattern_type: "none",
  });
  const opened = await context.openInput(`file:${path}`, format, options);
  options.free();
  if (opened < 0) await context.closeInput();
  check(native, opened, `${path} is no media file of a format that is read`);
  return context;
}

/**
 * FFmpeg takes a still picture's name for that of a series of pictures, which can't be read again
 * from its start. Its other reader of the same pictures takes the file for what it is.
 */
function stillFormatOf(native: Native, { streams: [stream] }: FormatContext): InputFormat | null {
  const codec = stream && native.avGetCodecName(stream.codecpar.codecId);
  const name = codec === "mjpeg" ? "jpeg" : codec;
  return native.InputFormat.findInputFormat(`${name}_pipe`);
}

async function withStreams(
  native: Native,
  path: string,
  context: FormatContext,
): Promise<FormatContext> {
  check(native, await context.findStreamInfo(null), `${path} can't be read`);
  return context;
}

/** The stream of a kind that a player would take; pictures of covers are none. */
export function streamOf(
  native: Native,
  context: FormatContext,
  media: "video" | "audio",
): Stream | undefined {
  const { AVMEDIA_TYPE_VIDEO, AVMEDIA_TYPE_AUDIO, AV_DISPOSITION_ATTACHED_PIC } = native.constants;
  const type = media === "video" ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
  const index = context.findBestStream(type);
  const stream = context.streams.find((candidate) => candidate.index === index);
  if (stream === undefined || stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC)) return undefined;
  // What is called a picture and is none has no size.
  return media === "video" && stream.codecpar.width === 0 ? undefined : stream;
}

/** Has the demuxer leave out what isn't of this stream. */
export function takeOnly(native: Native, context: FormatContext, taken: Stream): void {
  for (const stream of context.streams) {
    if (stream.index !== taken.index) stream.discard = native.constants.AVDISCARD_ALL;
  }
}
