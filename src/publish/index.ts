/**
 * `node-usermedia/publish`: from a stream to an audience, by the servers that exist.
 *
 * @module
 */
export { publish } from "./publish.ts";
export type { PublishOptions } from "./publish-options.ts";
export type { Publication, PublicationEventMap, PublicationListeners } from "./publication.ts";
export type {
  PublicationStats,
  PublicationTrackStats,
  PublicationTransportStats,
} from "./publication-stats.ts";
export type { PublicationState } from "../sinks/publisher/publisher.ts";
