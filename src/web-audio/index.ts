/**
 * `node-usermedia/web-audio`: tracks into an audio graph of
 * [node-web-audio-api](https://github.com/ircam-ismm/node-web-audio-api), and out of one.
 *
 * ```ts
 * const context = new AudioContext();
 * const source = await createTrackSource(context, microphone);
 * const { node, track } = await createTrackDestination(context);
 * source.connect(new BiquadFilterNode(context, { type: "highpass" })).connect(node);
 * ```
 *
 * @module
 */
export { createTrackDestination } from "./track-destination.ts";
export type { TrackDestination, TrackDestinationOptions } from "./track-destination.ts";
export { createTrackSource } from "./track-source.ts";
export type { GraphContext, NodeOf } from "./graph.ts";
