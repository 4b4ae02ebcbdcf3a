import type { PushSource } from "../../engine/contract.ts";
import { ProgramSource } from "../../engine/source/program-source.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { boolean } from "../../webidl/primitives.ts";
import type { ClosableWritable } from "./closable-writable.ts";
import { createTrack } from "../track/create-track.ts";
import { engineOptionsOf } from "../realm/engine-options-of.ts";
import type { MediaStreamTrack } from "../track/media-stream-track.ts";
import { nodeRealm } from "../realm/realm.ts";
import type { Realm } from "../realm/realm.ts";
import { writableInto } from "./writable-into.ts";

/** The slots of a {@link VideoTrackGenerator}. */
interface VideoTrackGeneratorSlots {
  readonly realm: Realm;
  readonly source: PushSource;
  readonly track: MediaStreamTrack;
  readonly writable: ClosableWritable<VideoFrame>;
  isMuted: boolean;
  /** A task that tells the tracks is queued. */
  isSettling: boolean;
}

const brand = new Brand<VideoTrackGeneratorSlots, VideoTrackGenerator>("VideoTrackGenerator");

/**
 * A track of the frames that are written to {@link writable}.
 *
 * Deviates: the specification exposes this interface in workers alone. Here it is everywhere.
 *
 * @see https://w3c.github.io/mediacapture-transform/#video-track-generator
 */
export class VideoTrackGenerator {
  constructor();
  constructor(...values: unknown[]) {
    constructorArguments(videoTrackGeneratorInterface, values);
    initialise(this, nodeRealm);
  }

  /**
   * Takes frames and closes them. Closing it ends the track; it is closed when the track and its
   * clones have ended.
   */
  get writable(): WritableStream<VideoFrame> {
    return brand.slotsOf(this).writable.stream;
  }

  /** True drops what is written, and mutes the track. */
  get muted(): boolean {
    return brand.slotsOf(this).isMuted;
  }
  set muted(value: boolean) {
    setMuted(brand.slotsOf(this), value);
  }

  /** Its clones are tracks of the same frames. */
  get track(): MediaStreamTrack {
    return brand.slotsOf(this).track;
  }
}

/** The IDL of {@link VideoTrackGenerator}. */
export const videoTrackGeneratorInterface = defineInterface({
  brand,
  class: VideoTrackGenerator,
  construct: { arguments: [], initialise },
  attributes: { muted: boolean },
});

/** @see https://w3c.github.io/mediacapture-transform/#video-generator-constructor */
function initialise(object: object, realm: Realm): void {
  const source = new ProgramSource("video", "VideoTrackGenerator", {
    ...engineOptionsOf(realm),
    whenUnused: () => slots.writable.closeNow(),
  });
  const slots: VideoTrackGeneratorSlots = {
    realm,
    source,
    track: createTrack(realm, source.openTrack({})),
    writable: writableInto({ realm, source, isMuted: () => slots.isMuted }),
    isMuted: false,
    isSettling: false,
  };
  brand.attach(object, slots);
}

/** @see https://w3c.github.io/mediacapture-transform/#dom-videotrackgenerator-muted */
function setMuted(slots: VideoTrackGeneratorSlots, isMuted: boolean): void {
  if (slots.isMuted === isMuted) return;
  slots.isMuted = isMuted;
  if (slots.isSettling) return;
  slots.isSettling = true;
  slots.realm.queueTask(() => {
    slots.isSettling = false;
    slots.source.setMuted(slots.isMuted);
  });
}
