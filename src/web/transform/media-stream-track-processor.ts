import { frameStream } from "../../sinks/processor/frame-stream.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { enforcedUnsignedShort } from "../../webidl/primitives.ts";
import { interfaceType } from "../../webidl/types.ts";
import { union } from "../../webidl/union.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import type { MediaStreamTrack, MediaStreamTrackLike } from "../track/media-stream-track.ts";
import { nodeRealm } from "../realm/realm.ts";
import type { Realm } from "../realm/realm.ts";

/** What a {@link MediaStreamTrackProcessor} is made from. */
export interface MediaStreamTrackProcessorInit {
  /** The track whose frames are read. */
  track: MediaStreamTrackLike;
  /** Frames that wait for a slow reader, the newest ones. Default: 1 of video, 10 of audio. */
  maxBufferSize?: number;
}

interface ProcessorSlots {
  readonly realm: Realm;
  readonly track: MediaStreamTrack;
  readonly maxBufferSize: number;
  readable: ReadableStream<VideoFrame | AudioData> | undefined;
}

export const mediaStreamTrackProcessorBrand = new Brand<
  ProcessorSlots,
  MediaStreamTrackProcessor<VideoFrame | AudioData>
>("MediaStreamTrackProcessor");

/**
 * Gives a track's frames to a script.
 *
 * ```ts
 * for await (const frame of new MediaStreamTrackProcessor({ track }).readable) frame.close();
 * ```
 *
 * The track's frames are asked for when `readable` is first looked at, so that a processor that
 * nobody reads costs nothing.
 *
 * Deviates: the specification exposes this interface in workers, and for video alone. Here it is
 * everywhere, and takes audio tracks too, as in Chromium.
 *
 * @see https://w3c.github.io/mediacapture-transform/#track-processor
 */
export class MediaStreamTrackProcessor<
  Frame extends VideoFrame | AudioData = VideoFrame | AudioData,
> {
  /** A track alone, as in Chromium: the buffer is the default one. */
  constructor(track: MediaStreamTrackLike);
  /** @throws TypeError for what is no track */
  constructor(init: MediaStreamTrackProcessorInit);
  constructor(...values: unknown[]) {
    const converted = constructorArguments(mediaStreamTrackProcessorInterface, values);
    initialise(this, nodeRealm, converted);
  }

  /** Who reads a frame closes it. */
  get readable(): ReadableStream<Frame> {
    const slots = mediaStreamTrackProcessorBrand.slotsOf(this);
    const { track: engineTrack } = mediaStreamTrackBrand.slotsOf(slots.track);
    slots.readable ??= frameStream(
      engineTrack,
      slots.maxBufferSize,
      slots.realm.adoptFrame ?? ((frame) => frame),
    );
    return slots.readable as unknown as ReadableStream<Frame>;
  }
}

/** The IDL of {@link MediaStreamTrackProcessor}. */
export const mediaStreamTrackProcessorInterface = defineInterface({
  brand: mediaStreamTrackProcessorBrand,
  class: MediaStreamTrackProcessor,
  construct: {
    example: "new MediaStreamTrackProcessor({ track })",
    arguments: [
      required(
        union({
          name: "(MediaStreamTrackProcessorInit or MediaStreamTrack)",
          interface: mediaStreamTrackBrand,
          dictionary: dictionary<MediaStreamTrackProcessorInit>("MediaStreamTrackProcessorInit", {
            track: { type: interfaceType(mediaStreamTrackBrand), required: true },
            maxBufferSize: enforcedUnsignedShort,
          }),
        }),
      ),
    ],
    initialise,
  },
});

/** @see https://w3c.github.io/mediacapture-transform/#constructor-processor */
function initialise(object: object, realm: Realm, [given]: readonly unknown[]): void {
  type Init = { readonly track: MediaStreamTrack; readonly maxBufferSize?: number };
  const init = given as Init | MediaStreamTrack;
  const { track, maxBufferSize }: Init = mediaStreamTrackBrand.is(init) ? { track: init } : init;
  mediaStreamTrackProcessorBrand.attach(object, {
    realm,
    track,
    maxBufferSize: Math.max(maxBufferSize ?? defaultBufferSize(track), 1),
    readable: undefined,
  });
}

function defaultBufferSize({ kind }: MediaStreamTrack): number {
  return kind === "audio" ? 10 : 1;
}
