import type { TrackSink } from "../../engine/contract.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { mediaStreamBrand, watchTrackSet } from "../../web/stream/media-stream-slots.ts";
import type { MediaStream } from "../../web/stream/media-stream.ts";
import { mediaStreamTrackBrand } from "../../web/track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../../web/track/media-stream-track.ts";

/** What a player hears of its stream. */
export interface StreamTracksEvents {
  /** A frame of the selected video track, to be closed by the receiver. */
  picture(frame: VideoFrame): void;
  /** A track was added or removed, or has ended. */
  changed(): void;
}

/** The tracks of a stream that a media element plays: one video track, every audio track. */
export class StreamTracks {
  readonly #stream: MediaStream;
  readonly #showsVideo: boolean;
  readonly #events: StreamTracksEvents;
  readonly #connections = new Map<MediaStreamTrack, () => void>();
  readonly #stopObserving: () => void;

  /** @param showsVideo - false for an audio element */
  constructor(stream: MediaStream, showsVideo: boolean, events: StreamTracksEvents) {
    this.#stream = stream;
    this.#showsVideo = showsVideo;
    this.#events = events;
    this.#stopObserving = watchTrackSet(mediaStreamBrand.slotsOf(stream), () => {
      this.#connect();
      events.changed();
    });
    this.#connect();
  }

  /** The video track that is shown: the first live one. */
  get selectedVideo(): MediaStreamTrack | undefined {
    return this.#showsVideo ? this.#stream.getVideoTracks().find(isLive) : undefined;
  }

  /** Whether there is anything to play: an audio element plays no video. */
  get isActive(): boolean {
    return this.playable.length > 0;
  }

  /** Whether the source of a track has ended, and the track is about to say so. */
  get isEnding(): boolean {
    return this.#stream.getTracks().some((track) => track.readyState === "live" && !isLive(track));
  }

  close(): void {
    this.#stopObserving();
    for (const disconnect of this.#connections.values()) disconnect();
    this.#connections.clear();
  }

  /** What is played: one video track at most, and every audio track. */
  get playable(): MediaStreamTrack[] {
    const video = this.selectedVideo;
    return [...(video ? [video] : []), ...this.#stream.getAudioTracks().filter(isLive)];
  }

  #connect(): void {
    const wanted = new Set(this.playable);
    for (const [track, disconnect] of this.#connections) {
      if (wanted.has(track)) continue;
      disconnect();
      this.#connections.delete(track);
    }
    for (const track of wanted) {
      if (this.#connections.has(track)) continue;
      const engineTrack = mediaStreamTrackBrand.slotsOf(track).track;
      this.#connections.set(track, engineTrack.connect(this.#sinkFor(track)));
    }
  }

  #sinkFor(track: MediaStreamTrack): TrackSink {
    const isVideo = track.kind === "video";
    return {
      frame: (frame: VideoFrame | AudioData) => {
        if (isVideo) {
          this.#events.picture(frame as VideoFrame);
          return;
        }
        frame.close();
      },
      ended: () => {
        this.#connections.delete(track);
        this.#connect();
        this.#events.changed();
      },
    };
  }
}

/** A track is live for scripts until the task that ends it, when its source has none left to give. */
function isLive(track: MediaStreamTrack): boolean {
  const source = mediaStreamTrackBrand.slotsOf(track).track;
  return track.readyState === "live" && source.readyState === "live";
}
