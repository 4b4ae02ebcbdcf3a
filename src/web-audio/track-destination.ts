import { ProgramSource } from "../engine/source/program-source.ts";
import { systemClock } from "../engine/clock/system-clock.ts";
import { adoptAudioData } from "../media/adopt-frame.ts";
import { initialiseTrack } from "../web/track/create-track.ts";
import { engineOptionsOf } from "../web/realm/engine-options-of.ts";
import { constructible, MediaStreamTrack } from "../web/track/media-stream-track.ts";
import { nodeRealm } from "../web/realm/realm.ts";
import {
  checkOpen,
  type GraphContext,
  type NodeOf,
  onceClosed,
  silence,
  workletNode,
} from "./graph.ts";
import { addProcessors, DESTINATION_PROCESSOR } from "./processors.ts";

/** What the sound becomes on its way out of the graph. */
export interface TrackDestinationOptions {
  /** Default 2, as of `MediaStreamAudioDestinationNode`; what is connected is mixed to it. */
  readonly channelCount?: number;
}

/** An end of a graph that is a track. */
export interface TrackDestination<Context extends GraphContext> {
  /** An `AudioNode` of the context's library: connect to it what the track shall carry. */
  readonly node: NodeOf<Context>;
  /** Silent while nothing is connected; ends when the context is closed. */
  readonly track: MediaStreamTrack;
}

/** Four render quanta: 11 ms at 48 kHz. */
const PIECE_FRAMES = 512;
/** µs that the graph may fall behind before its sound is taken to be later. */
const MAX_LAG_US = 200_000;

interface Piece {
  /** Its first frame's number in the graph. */
  readonly first: number;
  /** Channel after channel. */
  readonly samples: Float32Array<ArrayBuffer>;
}

/**
 * An end of a graph whose sound is a track, as `MediaStreamAudioDestinationNode` is in a browser.
 *
 * @throws RangeError for no number of channels; DOMException `InvalidStateError` for a closed context
 * @see https://webaudio.github.io/web-audio-api/#MediaStreamAudioDestinationNode
 */
export async function createTrackDestination<Context extends GraphContext>(
  context: Context,
  { channelCount = 2 }: TrackDestinationOptions = {},
): Promise<TrackDestination<Context>> {
  if (!Number.isInteger(channelCount) || channelCount < 1 || channelCount > 32) {
    throw new RangeError(`channelCount is ${channelCount}; give 1 to 32.`);
  }
  checkOpen(context);
  await addProcessors(context);
  const node = workletNode(context, DESTINATION_PROCESSOR, {
    numberOfInputs: 1,
    numberOfOutputs: 0,
    channelCount,
    channelCountMode: "explicit",
    processorOptions: { channels: channelCount, pieceFrames: PIECE_FRAMES },
  });
  // The library runs no node that nothing is connected to.
  silence(context).connect(node as never);
  const { sampleRate } = context;
  const options = engineOptionsOf(nodeRealm);
  const source = new ProgramSource("audio", "MediaStreamAudioDestinationNode", options);
  const track = Reflect.construct(MediaStreamTrack, [constructible]) as MediaStreamTrack;
  initialiseTrack(track, nodeRealm, source.openTrack({ sampleRate, channelCount }));
  const timestampOf = timestamps(sampleRate);
  node.port.onmessage = ({ data }) => {
    const { first, samples } = data as Piece;
    const timestamp = timestampOf(first);
    const shape = { sampleRate, numberOfFrames: PIECE_FRAMES, numberOfChannels: channelCount };
    const bytes = new Uint8Array(samples.buffer);
    source.push(adoptAudioData(bytes, { format: "f32-planar", ...shape, timestamp }));
  };
  onceClosed(context, () => source.end());
  return { node: node as unknown as NodeOf<Context>, track };
}

/** The moment of a frame of the graph, µs: without a gap while the graph keeps up with time. */
function timestamps(sampleRate: number): (frame: number) => number {
  let startUs: number | undefined;
  return (frame) => {
    const sinceUs = (frame * 1e6) / sampleRate;
    const laterUs = systemClock.nowUs() - (PIECE_FRAMES * 1e6) / sampleRate - sinceUs;
    if (startUs === undefined || Math.abs(laterUs - startUs) > MAX_LAG_US) startUs = laterUs;
    return Math.round(startUs + sinceUs);
  };
}
