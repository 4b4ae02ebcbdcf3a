import type { MediaKind } from "../../engine/contract.ts";
import { ProgramSource } from "../../engine/source/program-source.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { enumeration } from "../../webidl/types.ts";
import { union } from "../../webidl/union.ts";
import { initialiseTrack } from "../track/create-track.ts";
import { engineOptionsOf } from "../realm/engine-options-of.ts";
import { mediaStreamTrackBrand } from "../track/media-stream-track-slots.ts";
import { constructible, MediaStreamTrack } from "../track/media-stream-track.ts";
import { nodeRealm } from "../realm/realm.ts";
import type { Realm } from "../realm/realm.ts";
import { writableInto } from "./writable-into.ts";

/** What a {@link MediaStreamTrackGenerator} is made for. */
export interface MediaStreamTrackGeneratorInit {
  /** What is written to the track. */
  kind: "audio" | "video";
}

interface GeneratorSlots {
  readonly writable: WritableStream<VideoFrame | AudioData>;
}

const brand = new Brand<GeneratorSlots, MediaStreamTrackGenerator<VideoFrame | AudioData>>(
  "MediaStreamTrackGenerator",
  mediaStreamTrackBrand,
);

/**
 * A track of the frames that are written to its {@link writable}: pictures or, unlike
 * `VideoTrackGenerator`, sound. Its clones are ordinary tracks of the same frames.
 *
 * ```ts
 * const track = new MediaStreamTrackGenerator({ kind: "audio" });
 * const writer = track.writable.getWriter();
 * await writer.write(new AudioData({ … }));
 * ```
 *
 * The interface of Chromium, which the specification has replaced by `VideoTrackGenerator`.
 *
 * @see https://developer.mozilla.org/docs/Web/API/MediaStreamTrackGenerator
 */
export class MediaStreamTrackGenerator<
  Frame extends VideoFrame | AudioData = VideoFrame | AudioData,
> extends MediaStreamTrack {
  /**
   * @param init - the kind, in a dictionary or by itself
   * @throws TypeError for any other kind
   */
  constructor(init: MediaStreamTrackGeneratorInit | "audio" | "video");
  constructor(...values: unknown[]) {
    const converted = constructorArguments(mediaStreamTrackGeneratorInterface, values);
    super(constructible);
    initialise(this, nodeRealm, converted);
  }

  /** Takes frames of the track's kind and closes them. Closing it ends the track. */
  get writable(): WritableStream<Frame> {
    return brand.slotsOf(this).writable as unknown as WritableStream<Frame>;
  }
}

const generatorKind = enumeration("MediaStreamTrackGeneratorKind", ["audio", "video"]);

/** The IDL of {@link MediaStreamTrackGenerator}. */
export const mediaStreamTrackGeneratorInterface = defineInterface({
  brand,
  class: MediaStreamTrackGenerator,
  construct: {
    example: 'new MediaStreamTrackGenerator({ kind: "video" })',
    arguments: [
      required(
        union({
          name: "(MediaStreamTrackGeneratorInit or DOMString)",
          dictionary: dictionary<MediaStreamTrackGeneratorInit>("MediaStreamTrackGeneratorInit", {
            kind: { type: generatorKind, required: true },
          }),
          string: generatorKind,
        }),
      ),
    ],
    initialise,
  },
});

function initialise(object: object, realm: Realm, [given]: readonly unknown[]): void {
  const init = given as MediaStreamTrackGeneratorInit | MediaKind;
  const kind = typeof init === "string" ? init : init.kind;
  const source = new ProgramSource(kind, "MediaStreamTrackGenerator", engineOptionsOf(realm));
  initialiseTrack(object, realm, source.openTrack({}));
  brand.attach(object, { writable: writableInto({ realm, source, isMuted: () => false }).stream });
}
