import { Command } from "../commands.ts";
import type { Connection, PlaybackStreamListener } from "../connection.ts";
import type { SampleSpec } from "../sample-spec.ts";
import { INVALID_INDEX } from "../tags.ts";
import { TagstructWriter } from "../tagstruct-writer.ts";

/** What to play into, and how. */
export interface PlaybackStreamRequest {
  /** Null is the default, which the server moves the stream along with. */
  readonly sinkName: string | null;
  readonly sampleSpec: SampleSpec;
  readonly channelMap: readonly number[];
  /** Bytes that the server holds when it is full. */
  readonly targetLength: number;
  /** Bytes that it waits for before it begins. */
  readonly prebuffer: number;
  /** Bytes that it asks for at least. */
  readonly minimumRequest: number;
}

/** What the server made of it. */
export interface PlaybackStream {
  readonly channel: number;
  /** Bytes that it takes at once. */
  readonly requested: number;
}

/** `PA_VOLUME_NORM` */
const FULL_VOLUME = 0x10000;

/** Opens a stream; `listener` hears of every event from the first one on. */
export function createPlaybackStream(
  connection: Connection,
  request: PlaybackStreamRequest,
  listener: PlaybackStreamListener,
): Promise<PlaybackStream> {
  return connection.request({
    command: Command.createPlaybackStream,
    name: `to play into ${request.sinkName ?? "the default output"}`,
    payload: writeRequest(request, connection.newSyncId()),
    read: (reply) => {
      const channel = reply.u32();
      reply.u32(); // sink input
      const requested = reply.u32();
      connection.listenToPlayback(channel, listener);
      return { channel, requested };
    },
  });
}

/** Sends a command that names nothing but the stream; resolves when the server has done it. */
export function commandPlayback(
  connection: Connection,
  command: number,
  { channel }: PlaybackStream,
  flag?: boolean,
): Promise<void> {
  const payload = new TagstructWriter().u32(channel);
  if (flag !== undefined) payload.boolean(flag);
  return connection.request({ command, name: "a change of playback", payload, read: () => {} });
}

function writeRequest(request: PlaybackStreamRequest, syncId: number): TagstructWriter {
  const { sampleSpec, channelMap, sinkName } = request;
  return new TagstructWriter()
    .sampleSpec(sampleSpec)
    .channelMap(channelMap)
    .u32(INVALID_INDEX) // sink index: named instead
    .string(sinkName)
    .u32(INVALID_INDEX) // the longest queue that the server allows
    .boolean(false) // corked
    .u32(request.targetLength)
    .u32(request.prebuffer)
    .u32(request.minimumRequest)
    .u32(syncId)
    .channelVolumes(channelMap.map(() => FULL_VOLUME))
    .boolean(false) // no remap
    .boolean(false) // no remix
    .boolean(false) // fix format
    .boolean(false) // fix rate
    .boolean(false) // fix channels
    .boolean(sinkName !== null) // don't move: what was chosen is not to be heard elsewhere
    .boolean(false) // variable rate
    .boolean(false) // muted
    .boolean(false) // adjust latency: the queue's length is what was asked for, without the device's
    .propertyList({ "media.name": "Playback" })
    .boolean(false) // volume set: the user's mixer keeps its say
    .boolean(true) // early requests: sound is asked for as soon as there is room
    .boolean(false) // muted set
    .boolean(false) // don't inhibit auto suspend
    .boolean(false) // fail on suspend
    .boolean(false) // relative volume
    .boolean(false) // passthrough
    .u8(0); // formats: the sample spec says it
}
