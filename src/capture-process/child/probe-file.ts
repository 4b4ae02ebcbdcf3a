import { DeviceError } from "../../contract/device-error.ts";
import { type AudioMode, type VideoMode } from "../../contract/device.ts";
import type { Native } from "./native.ts";
import { openFile, streamOf } from "./open-file.ts";
import { presentationOf } from "./upright.ts";

/** What a media file can be: a camera, a microphone or both. */
export interface FileProbe {
  readonly video?: VideoMode;
  readonly audio?: AudioMode;
}

/**
 * A file that is no media has neither.
 * @throws DeviceError `not-found` when it can't be read
 */
export async function probeFile(native: Native, path: string): Promise<FileProbe> {
  const context = await openFile(native, path).catch((error: unknown) => {
    if (error instanceof DeviceError && error.code === "failed") return undefined;
    throw error;
  });
  if (context === undefined) return {};
  try {
    const video = streamOf(native, context, "video");
    const audio = streamOf(native, context, "audio");
    return {
      ...(video !== undefined && { video: videoMode(native, video) }),
      ...(audio !== undefined && { audio: audioMode(native, audio) }),
    };
  } finally {
    await context.closeInput();
  }
}

type Stream = NonNullable<ReturnType<typeof streamOf>>;

/** The size is that of the pictures as they are shown: upright, with square pixels. */
export function videoMode(native: Native, stream: Stream): VideoMode {
  const { codecId } = stream.codecpar;
  const { width, height } = presentationOf(native, stream);
  const { num, den } = stream.avgFrameRate;
  const frameRate = num > 0 && den > 0 ? num / den : 25;
  const pixelFormat = (native.avGetCodecName(codecId) ?? "unknown").toUpperCase();
  return { width, height, frameRate, pixelFormat };
}

export function audioMode(native: Native, stream: Stream): AudioMode {
  const { sampleRate, channels: channelCount, format } = stream.codecpar;
  const sampleSize = native.avGetBytesPerSample(format as never) * 8 || 16;
  return { sampleRate, channelCount, sampleSize, latency: { min: 0.01, max: 0.1 } };
}
