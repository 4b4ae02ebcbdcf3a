import { AudioData, type AudioDataInit } from "./audio-data.ts";
import { SharedBytes } from "./shared-bytes.ts";
import { VideoFrame, type VideoFrameBufferInit } from "./video-frame.ts";

/**
 * A frame on `bytes` as they are, not copied: from here on they are the frame's. `onFree` is called
 * when the last clone is closed, so that a pool can have them back.
 */
export function adoptVideoFrame(
  bytes: Uint8Array,
  init: VideoFrameBufferInit,
  onFree?: () => void,
): VideoFrame {
  return new VideoFrame(new SharedBytes(bytes, onFree), init);
}

/** As {@link adoptVideoFrame}, for samples. */
export function adoptAudioData(
  bytes: Uint8Array,
  init: Omit<AudioDataInit, "data">,
  onFree?: () => void,
): AudioData {
  return new AudioData({ ...init, data: new SharedBytes(bytes, onFree) });
}
