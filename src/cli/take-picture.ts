import { CommandError } from "./command-error.ts";
import { ExitCode } from "./exit-code.ts";
import {
  type MediaStream,
  MediaStreamTrackProcessor,
  type RgbxPicture,
  VideoFrame,
} from "../index.ts";

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
export async function takePicture(stream: MediaStream): Promise<RgbxPicture> {
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new CommandError(ExitCode.noDevice, "There is no camera");
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const timer = setTimeout(() => void reader.cancel(), PATIENCE_MS);
  const startedMs = performance.now();
  try {
    for (let count = 1; ; count += 1) {
      const { done, value: frame } = await reader.read();
      if (done) throw new CommandError(ExitCode.failed, `${track.label} gives no picture`);
      const isSettled = count >= WARM_UP_FRAMES || performance.now() - startedMs >= WARM_UP_MS;
      try {
        if (isSettled && frame instanceof VideoFrame) return await toPicture(frame);
      } finally {
        frame.close();
      }
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel();
  }
}

async function toPicture(frame: VideoFrame): Promise<RgbxPicture> {
  const { displayHeight: height, displayWidth: width } = frame;
  const options = { format: "RGBX" } as const;
  const data = new Uint8Array(frame.allocationSize(options));
  await frame.copyTo(data, options);
  return { width, height, data };
}
