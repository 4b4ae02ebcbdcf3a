import { access } from "node:fs/promises";
import type { FormatContext, Stream } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import { check } from "./check.ts";
import type { Native } from "./native.ts";

/**
 * @param formats those that are taken, by FFmpeg's names; default all
 * @throws DeviceError `not-found` where no file is, `failed` where it is no media
 */
export async function openFile(
  native: Native,
  path: string,
  formats?: readonly string[],
): Promise<FormatContext> {
  await access(path).catch((cause: unknown) => {
    throw new DeviceError("not-found", `There is no file ${path} that can be read.`, { cause });
  });
  const context = new native.FormatContext();
  context.allocContext();
  const options = formats && native.Dictionary.fromObject({ format_whitelist: formats.join(",") });
  const opened = await context.openInput(path, null, options ?? null);
  options?.free();
  check(native, opened, `${path} is no media file`);
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
  return stream?.hasDisposition(AV_DISPOSITION_ATTACHED_PIC) === true ? undefined : stream;
}

/** Has the demuxer leave out what isn't of this stream. */
export function takeOnly(native: Native, context: FormatContext, taken: Stream): void {
  for (const stream of context.streams) {
    if (stream.index !== taken.index) stream.discard = native.constants.AVDISCARD_ALL;
  }
}
