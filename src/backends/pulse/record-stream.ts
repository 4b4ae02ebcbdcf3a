import { Command } from "./commands.ts";
import type { Connection, RecordStreamListener } from "./connection.ts";
import type { SampleSpec } from "./sample-spec.ts";
import type { TagstructReader } from "./tagstruct-reader.ts";
import { TagstructWriter } from "./tagstruct-writer.ts";
import { INVALID_INDEX } from "./tags.ts";

/** What to record, and how. */
export interface RecordStreamRequest {
  readonly sourceName: string;
  readonly sampleSpec: SampleSpec;
  readonly channelMap: readonly number[];
  /** Bytes a block has, and with it how long sound waits in the server. */
  readonly fragmentSize: number;
}

/** What the server made of it. */
export interface RecordStream {
  readonly channel: number;
  /** Bytes */
  readonly fragmentSize: number;
  readonly sampleSpec: SampleSpec;
  readonly suspended: boolean;
}

/** `PA_VOLUME_NORM` */
const FULL_VOLUME = 0x10000;

/** Starts recording; `listener` gets every block and event from the first one on. */
export function createRecordStream(
  connection: Connection,
  request: RecordStreamRequest,
  listener: RecordStreamListener,
): Promise<RecordStream> {
  return connection.request({
    command: Command.createRecordStream,
    name: `to record from ${request.sourceName}`,
    payload: writeRequest(request),
    read: (reply) => {
      const stream = readStream(reply);
      connection.listenToStream(stream.channel, listener);
      return stream;
    },
  });
}

export async function deleteRecordStream(connection: Connection, channel: number): Promise<void> {
  connection.stopListeningToStream(channel);
  await connection.request({
    command: Command.deleteRecordStream,
    name: "to stop recording",
    payload: new TagstructWriter().u32(channel),
    read: () => undefined,
  });
}

function writeRequest(request: RecordStreamRequest): TagstructWriter {
  const { sampleSpec, channelMap, sourceName, fragmentSize } = request;
  return new TagstructWriter()
    .sampleSpec(sampleSpec)
    .channelMap(channelMap)
    .u32(INVALID_INDEX) // source index: named instead
    .string(sourceName)
    .u32(INVALID_INDEX) // the longest queue that the server allows
    .boolean(false) // corked
    .u32(fragmentSize)
    .boolean(false) // no remap
    .boolean(false) // no remix
    .boolean(false) // fix format
    .boolean(false) // fix rate
    .boolean(false) // fix channels
    .boolean(true) // don't move: an unplugged microphone must not become another one
    .boolean(false) // variable rate
    .boolean(false) // peak detect
    .boolean(true) // adjust latency: the device delivers as often as a block is long
    .propertyList({ "media.name": "Microphone", "media.role": "production" })
    .u32(INVALID_INDEX) // direct on input
    .boolean(false) // early requests
    .boolean(false) // don't inhibit auto suspend
    .boolean(false) // fail on suspend
    .u8(0) // formats: the sample spec says it
    .channelVolumes(channelMap.map(() => FULL_VOLUME))
    .boolean(false) // muted
    .boolean(false) // volume set: the user's mixer keeps its say
    .boolean(false) // muted set
    .boolean(false) // relative volume
    .boolean(false); // passthrough
}

function readStream(reply: TagstructReader): RecordStream {
  const channel = reply.u32();
  reply.u32(); // source output
  reply.u32(); // longest queue
  const fragmentSize = reply.u32();
  const sampleSpec = reply.sampleSpec();
  reply.channelMap();
  reply.u32(); // source
  reply.string(); // its name
  const suspended = reply.boolean();
  return { channel, fragmentSize, sampleSpec, suspended };
}
