import type { Track } from "../../engine/contract.ts";
import { FrameLink } from "../../engine/frame-link.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/**
 * A track's frames as a ReadableStream. At most `maxBufferSize` wait, the newest ones; who reads a
 * frame closes it. It ends with the track, and cancelling it disconnects from the track.
 *
 * @see https://w3c.github.io/mediacapture-transform/#attributes-processor
 */
export function frameStream(
  track: Track,
  maxBufferSize: number,
): ReadableStream<VideoFrame | AudioData> {
  const link = new FrameLink(track, maxBufferSize);
  return new ReadableStream<VideoFrame | AudioData>(
    {
      // Called when a read waits, and not again before this promise resolves: processorPull with
      // its count of pending reads.
      async pull(controller) {
        const frame = await link.read();
        if (frame === undefined) controller.close();
        else enqueue(controller, frame);
      },
      cancel() {
        link.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function enqueue(
  controller: ReadableStreamDefaultController<VideoFrame | AudioData>,
  frame: VideoFrame | AudioData,
): void {
  try {
    controller.enqueue(frame);
  } catch {
    // It was cancelled while the frame was on its way.
    frame.close();
  }
}
