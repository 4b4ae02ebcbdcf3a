import { setImmediate as nextTask } from "node:timers/promises";

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
export async function takePicture(
  stream: MediaStream,
  type: PictureType,
  patienceMs = PATIENCE_MS,
): Promise<TakenPicture> {
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new CommandError(ExitCode.noDevice, "There is no camera");
  const frame = await settledFrame(track, patienceMs);
  try {
    const { displayHeight: height, displayWidth: width } = frame;
    const file = type === "png" ? await pngOf(frame) : await takeJpeg(track);
    return { width, height, file };
  } finally {
    frame.close();
  }
}

/** A muted track gives black frames in place of what its camera doesn't give: no pictures. */
async function settledFrame(track: MediaStreamTrack, patienceMs: number): Promise<VideoFrame> {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const timer = setTimeout(() => void reader.cancel(), patienceMs);
  const startedMs = performance.now();
  try {
    for (let count = 1; ;) {
      const { done, value: frame } = await reader.read();
      if (done) throw noPicture(track);
      // `muted` changes in a task of its own, which may be on its way.
      await nextTask();
      const isSettled = count >= WARM_UP_FRAMES || performance.now() - startedMs >= WARM_UP_MS;
      if (!track.muted && isSettled && frame instanceof VideoFrame) return frame;
      if (!track.muted) count += 1;
      frame.close();
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel();
  }
}

function noPicture({ label, readyState }: MediaStreamTrack): CommandError {
  const advice =
    readyState === "ended"
      ? "it ended before it gave one. Connect it anew and try again"
      : "open its lid or switch, close programs that use it, or connect it anew, and try again";
  return new CommandError(ExitCode.failed, `${label} gives no picture: ${advice}`);
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
