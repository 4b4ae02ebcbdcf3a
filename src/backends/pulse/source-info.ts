import { Command } from "./commands.ts";
import type { Connection } from "./connection.ts";
import type { SampleSpec } from "./sample-spec.ts";
import type { TagstructReader } from "./tagstruct-reader.ts";
import { INVALID_INDEX } from "./tags.ts";

/** `pa_source_info`, as far as capturing needs it. */
export interface SourceInfo {
  readonly name: string;
  readonly description: string | null;
  readonly sampleSpec: SampleSpec;
  /** `pa_channel_position_t` of each channel. */
  readonly channelMap: readonly number[];
  /** In the mixer. */
  readonly muted: boolean;
  /** True for what a sink plays: system audio, no microphone. */
  readonly isMonitor: boolean;
  /** That sink's name. */
  readonly monitoredSink: string | null;
  readonly driver: string | null;
  readonly properties: ReadonlyMap<string, string>;
  /** False when the server knows that nothing is plugged in there. */
  readonly available: boolean;
}

/** `PA_PORT_AVAILABLE_NO` */
const PORT_UNPLUGGED = 1;

export function getSources(connection: Connection): Promise<readonly SourceInfo[]> {
  return connection.request({
    command: Command.getSourceInfoList,
    name: "the list of sources",
    read: (reply) => {
      const sources: SourceInfo[] = [];
      while (!reply.atEnd) sources.push(readSource(reply));
      return sources;
    },
  });
}

/**
 * The fields of protocol version 24, in the order that `pa_context_get_source_info` documents.
 * `pa_sink_info` has the same ones; only what they say of a monitor is the other way round.
 */
export function readSource(reply: TagstructReader): SourceInfo {
  reply.u32(); // index
  const name = reply.string() ?? "";
  const description = reply.string();
  const sampleSpec = reply.sampleSpec();
  const channelMap = reply.channelMap();
  reply.u32(); // owner module
  reply.channelVolumes();
  const muted = reply.boolean();
  const isMonitor = reply.u32() !== INVALID_INDEX;
  const monitoredSink = reply.string();
  reply.usec(); // latency
  const driver = reply.string();
  reply.u32(); // flags
  const properties = reply.propertyList();
  reply.usec(); // configured latency
  reply.volume(); // base volume
  reply.u32(); // state
  reply.u32(); // number of volume steps
  reply.u32(); // card
  const available = readPorts(reply);
  for (let formats = reply.u8(); formats > 0; formats -= 1) reply.formatInfo();
  return {
    name,
    description,
    sampleSpec,
    channelMap,
    muted,
    isMonitor,
    monitoredSink,
    driver,
    properties,
    available,
  };
}

/** Whether the active port, if there is one, may have something plugged in. */
function readPorts(reply: TagstructReader): boolean {
  const availability = new Map<string | null, number>();
  for (let ports = reply.u32(); ports > 0; ports -= 1) {
    const name = reply.string();
    reply.string(); // description
    reply.u32(); // priority
    availability.set(name, reply.u32());
  }
  return availability.get(reply.string()) !== PORT_UNPLUGGED;
}
