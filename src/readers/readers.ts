import { checkFrameOptions } from "../sinks/frames/frame-options.ts";
import type { FrameBytes, FrameOptions } from "../sinks/frames/frame-options.ts";
import { readFrames } from "../sinks/frames/read-frames.ts";
import { LevelMeter } from "../sinks/level/level-meter.ts";
import type { PcmOptions } from "../sinks/pcm/pcm-options.ts";
import { PcmReader } from "../sinks/pcm/pcm-reader.ts";
import { liveTrack } from "../web/track/live-track.ts";
import type { MediaStreamTrackLike } from "../web/track/media-stream-track.ts";
import { nameOf } from "../webidl/types.ts";
import type { Readable } from "node:stream";

/** A Readable of Buffers that counts what a slow reader missed. */
export interface TrackReader<Chunk extends Buffer> extends Readable {
  /**
   * Pieces of sound, or frames, that this reader misses since it began: the device or its driver
   * lost them, or they weren't read in time.
   */
  readonly dropped: number;
  /** The chunks, until the track ends. */
  [Symbol.asyncIterator](): NodeJS.AsyncIterator<Chunk>;
}

/**
 * The samples of an audio track, interleaved, as a Readable and an async iterable.
 *
 * ```ts
 * for await (const bytes of pcm(track, { sampleRate: 16000, channels: 1, format: "s16" })) { … }
 * pcm(track).pipe(socket);
 * ```
 *
 * It ends with the track. Leaving the loop, or `destroy()`, disconnects from the track.
 *
 * @throws TypeError or RangeError for a track of video and for options that no sound can have;
 *   DOMException `InvalidStateError` for a track that has ended
 */
export function pcm(track: MediaStreamTrackLike, options: PcmOptions = {}): TrackReader<Buffer> {
  const source = liveTrack(track, "pcm()", "Audio");
  checkOptions(options, "pcm()");
  return new PcmReader(source, options);
}

/**
 * The pictures of a video track as Buffers of pixels, or of JPEG files, as a Readable and an async
 * iterable. Each Buffer carries its `width`, `height`, `format` and `timestamp`.
 *
 * ```ts
 * for await (const picture of frames(track, { width: 320, format: "rgb24" })) { … }
 * ```
 *
 * Pictures of cameras, screens and files are cropped, scaled and converted in the capture process.
 * A slow reader gets the newest pictures. It ends with the track; leaving the loop, or `destroy()`,
 * disconnects from the track.
 *
 * @throws TypeError or RangeError for a track of audio and for options that no picture can have;
 *   DOMException `InvalidStateError` for a track that has ended
 */
export function frames(
  track: MediaStreamTrackLike,
  options: FrameOptions = {},
): TrackReader<FrameBytes> {
  const source = liveTrack(track, "frames()", "Video");
  checkOptions(options, "frames()");
  checkFrameOptions(options);
  if (source.kind !== "video")
    throw new TypeError("frames() reads video tracks; this one is audio.");
  return readFrames(source, options);
}

/**
 * Measures how loud an audio track is.
 * @throws TypeError for a track of video; DOMException `InvalidStateError` for one that has ended
 */
export function levelMeter(track: MediaStreamTrackLike): LevelMeter {
  return new LevelMeter(liveTrack(track, "levelMeter()", "Audio"));
}

/** @throws TypeError for what is no object of options */
function checkOptions(options: unknown, reader: string): void {
  if (typeof options === "object" && options !== null) return;
  throw new TypeError(`${reader} takes an object of options, or none; this is ${nameOf(options)}.`);
}
