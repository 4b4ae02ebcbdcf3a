import { PcmReader } from "../sinks/pcm/pcm-reader.ts";
import { liveTrack } from "../web/track/live-track.ts";
import type { MediaStreamTrackLike } from "../web/track/media-stream-track.ts";
import { checkOpen, type GraphContext, type NodeOf, onceClosed, workletNode } from "./graph.ts";
import { addProcessors, SOURCE_PROCESSOR } from "./processors.ts";

/** Seconds of sound kept ahead of the graph. */
const LEAD = 0.04;
/** Seconds of sound that wait at most. */
const MOST = 0.25;

/**
 * A node that plays a track into a graph, as `MediaStreamTrackAudioSourceNode` does in a browser.
 * It follows `enabled` and `muted`, is silent after the track has ended, and lets go of the track
 * when the context is closed.
 *
 * @returns an `AudioNode` of the context's library
 * @throws TypeError for a track of video; DOMException `InvalidStateError` for a closed context or
 * an ended track
 * @see https://webaudio.github.io/web-audio-api/#MediaStreamTrackAudioSourceNode
 */
export async function createTrackSource<Context extends GraphContext>(
  context: Context,
  track: MediaStreamTrackLike,
): Promise<NodeOf<Context>> {
  const source = liveTrack(track, "an audio graph", "Audio");
  if (source.kind !== "audio") {
    throw new TypeError("An audio graph plays audio tracks; this one is video.");
  }
  checkOpen(context);
  await addProcessors(context);
  const { sampleRate } = context;
  const channels = source.settings.channelCount ?? 1;
  const node = workletNode(context, SOURCE_PROCESSOR, {
    numberOfInputs: 0,
    numberOfOutputs: 1,
    outputChannelCount: [channels],
    processorOptions: {
      channels,
      leadFrames: Math.round(LEAD * sampleRate),
      mostFrames: Math.round(MOST * sampleRate),
    },
  });
  const reader = new PcmReader(source, { sampleRate, channels, format: "f32" });
  reader.on("data", (bytes: Buffer) => {
    const samples = floatsOf(bytes);
    node.port.postMessage(samples, [samples.buffer]);
  });
  onceClosed(context, () => reader.destroy());
  return node as unknown as NodeOf<Context>;
}

/** With memory of their own, which goes to the graph's thread. */
function floatsOf(bytes: Buffer): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(bytes.length / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(floats.buffer).set(bytes);
  return floats;
}
