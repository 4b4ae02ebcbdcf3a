import type { Publisher } from "../sinks/publisher/publisher.ts";
import type { PublishedTrack } from "../sinks/publisher/published-track.ts";

/** What became of one track, since it was published. */
export interface PublicationTrackStats {
  readonly id: string;
  readonly type: "outbound";
  readonly kind: "audio" | "video";
  /** WebCodecs' name of its codec. */
  readonly codec: string;
  /** Pictures, or pieces of sound as the codec makes them. */
  readonly framesEncoded: number;
  /** Given to the connection. */
  readonly framesSent: number;
  /** Left out: by the device, by a far end too slow, or while there was no connection. */
  readonly framesDropped: number;
  /** Of media, without containers and protocols. */
  readonly bytesSent: number;
}

/** The way to the server. */
export interface PublicationTransportStats {
  readonly id: "transport";
  readonly type: "transport";
  readonly bytesSent: number;
  /** ms of media that wait for the far end. */
  readonly delay: number;
  /** Connections after the first. */
  readonly reconnections: number;
}

/** An entry of {@link Publication.getStats}. */
export type PublicationStats = PublicationTrackStats | PublicationTransportStats;

/** By their ids, as in an `RTCStatsReport`. */
export function statsOf(publisher: Publisher): ReadonlyMap<string, PublicationStats> {
  const tracks = publisher.allTracks.map((track, index) => trackStats(track, index));
  const transport: PublicationTransportStats = {
    id: "transport",
    type: "transport",
    bytesSent: tracks.reduce((sum, { bytesSent }) => sum + bytesSent, 0),
    delay: publisher.delayUs / 1000,
    reconnections: publisher.reconnections,
  };
  return new Map([...tracks, transport].map((stats) => [stats.id, stats]));
}

function trackStats(track: PublishedTrack, index: number): PublicationTrackStats {
  const { bytesSent, framesDropped, framesEncoded, framesSent } = track;
  const { codec, kind } = track.config;
  return {
    ...{ id: `${kind}-${index}`, type: "outbound", kind, codec },
    ...{ framesEncoded, framesSent, framesDropped, bytesSent },
  };
}
