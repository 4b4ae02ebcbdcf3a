import { CommandError, ExitCode } from "../errors.ts";
import { encodePng } from "../../sinks/image-capture/encode-png.ts";
import type { PictureType } from "../options/file-type.ts";
import {
  ImageCapture,
  type MediaStream,
  type MediaStreamTrack,
  MediaStreamTrackProcessor,
  VideoFrame,
} from "../../index.ts";

/** A picture as the bytes of a file. */
export interface TakenPicture {
  readonly width: number;
  readonly height: number;
  readonly file: Uint8Array;
}

/** Frames that a camera has to find its exposure. */
const WARM_UP_FRAMES = 5;
/** And ms, for one that is slow to deliver even those. */
const WARM_UP_MS = 2000;
/** ms that a camera has for its first picture. */
const PATIENCE_MS = 15_000;

/**
 * A picture of what a stream shows, once the camera has settled.
 * @throws CommandError when none comes
 */
export async function takePicture(stream: MediaStream, type: PictureType): Promise<TakenPicture> {
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new CommandError(ExitCode.noDevice, "There is no camera");
  const frame = await settledFrame(track);
  try {
    const { displayHeight: height, displayWidth: width } = frame;
    const file = type === "png" ? await pngOf(frame) : await takeJpeg(track);
    return { width, height, file };
  } finally {
    frame.close();
  }
}

async function settledFrame(track: MediaStreamTrack): Promise<VideoFrame> {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const timer = setTimeout(() => void reader.cancel(), PATIENCE_MS);
  const startedMs = performance.now();
  try {
    for (let count = 1; ; count += 1) {
      const { done, value: frame } = await reader.read();
      if (done) throw new CommandError(ExitCode.failed, `${track.label} gives no picture`);
      const isSettled = count >= WARM_UP_FRAMES || performance.now() - startedMs >= WARM_UP_MS;
      if (isSettled && frame instanceof VideoFrame) return frame;
      frame.close();
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel();
  }
}

async function pngOf(frame: VideoFrame): Promise<Uint8Array> {
  const { displayHeight: height, displayWidth: width } = frame;
  const options = { format: "RGBX" } as const;
  const data = new Uint8Array(frame.allocationSize(options));
  await frame.copyTo(data, options);
  return encodePng({ width, height, data });
}

async function takeJpeg(track: MediaStreamTrack): Promise<Uint8Array> {
  const photo = await new ImageCapture(track).takePhoto();
  if (photo.type === "image/jpeg") return new Uint8Array(await photo.arrayBuffer());
  throw new CommandError(
    ExitCode.failed,
    "Pictures are written as .jpg by an optional dependency: npm install --include=optional node-usermedia",
  );
}
