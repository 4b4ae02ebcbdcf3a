import { FrameLink } from "../engine/frame-link.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import { required } from "../webidl/argument.ts";
import { Brand } from "../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../webidl/define-interface.ts";
import { dictionary } from "../webidl/dictionary.ts";
import { unsignedLong } from "../webidl/primitives.ts";
import { interfaceType } from "../webidl/types.ts";
import { mediaStreamTrackBrand } from "./media-stream-track-slots.ts";
import type { MediaStreamTrack } from "./media-stream-track.ts";

/** @see https://w3c.github.io/mediacapture-transform/#track-processor-init */
export interface MediaStreamTrackProcessorInit {
  track: MediaStreamTrack;
  /** Frames that wait for a slow reader; beyond them the oldest is dropped. Default 10. */
  maxBufferSize?: number;
}

interface MediaStreamTrackProcessorSlots {
  readonly readable: ReadableStream<VideoFrame | AudioData>;
}

const brand = new Brand<MediaStreamTrackProcessorSlots, MediaStreamTrackProcessor>(
  "MediaStreamTrackProcessor",
);

const DEFAULT_BUFFER_SIZE = 10;

/**
 * The frames of a track as a stream: `VideoFrame`s or `AudioData`, which the reader closes.
 *
 * Deviates: the specification has it in workers and for video alone; here it is everywhere, and
 * gives sound too, as Chromium does.
 *
 * @see https://w3c.github.io/mediacapture-transform/#track-processor
 */
export class MediaStreamTrackProcessor {
  constructor(init: MediaStreamTrackProcessorInit);
  constructor(...values: unknown[]) {
    initialise(this, undefined, constructorArguments(mediaStreamTrackProcessorInterface, values));
  }

  /** Ends when the track does; cancelling it lets go of the track. */
  get readable(): ReadableStream<VideoFrame | AudioData> {
    return brand.slotsOf(this).readable;
  }
}

/** The IDL of {@link MediaStreamTrackProcessor}. */
const mediaStreamTrackProcessorInterface = defineInterface({
  brand,
  class: MediaStreamTrackProcessor,
  construct: {
    arguments: [
      required(
        dictionary<MediaStreamTrackProcessorInit>("MediaStreamTrackProcessorInit", {
          track: { type: interfaceType(mediaStreamTrackBrand), required: true },
          maxBufferSize: unsignedLong,
        }),
      ),
    ],
    initialise,
  },
});

function initialise(object: object, _realm: unknown, [init]: readonly unknown[]): void {
  const { track, maxBufferSize = DEFAULT_BUFFER_SIZE } = init as MediaStreamTrackProcessorInit;
  const link = new FrameLink(
    mediaStreamTrackBrand.slotsOf(track).track,
    Math.max(1, maxBufferSize),
  );
  const readable = new ReadableStream<VideoFrame | AudioData>(
    {
      async pull(controller) {
        const frame = await link.read();
        if (frame === undefined) controller.close();
        else controller.enqueue(frame);
      },
      cancel: () => link.close(),
    },
    // Frames wait in the link, which drops the oldest; none waits here.
    { highWaterMark: 0 },
  );
  brand.attach(object, { readable });
}
