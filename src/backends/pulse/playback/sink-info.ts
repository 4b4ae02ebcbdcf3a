import { Command } from "../commands.ts";
import type { Connection } from "../connection.ts";
import { readPorts, type SourceInfo } from "../source-info.ts";
import type { TagstructReader } from "../tagstruct-reader.ts";

/** `pa_sink_info`, as far as playing needs it. */
export type SinkInfo = Pick<SourceInfo, "name" | "description" | "properties" | "available">;

export function getSinks(connection: Connection): Promise<readonly SinkInfo[]> {
  return connection.request({
    command: Command.getSinkInfoList,
    name: "the list of outputs",
    read: (reply) => {
      const sinks: SinkInfo[] = [];
      while (!reply.atEnd) sinks.push(readSink(reply));
      return sinks;
    },
  });
}

/** The fields of protocol version 24, in the order that `pa_context_get_sink_info` documents. */
function readSink(reply: TagstructReader): SinkInfo {
  reply.u32(); // index
  const name = reply.string() ?? "";
  const description = reply.string();
  reply.sampleSpec();
  reply.channelMap();
  reply.u32(); // owner module
  reply.channelVolumes();
  reply.boolean(); // muted
  reply.u32(); // monitor source
  reply.string(); // its name
  reply.usec(); // latency
  reply.string(); // driver
  reply.u32(); // flags
  const properties = reply.propertyList();
  reply.usec(); // configured latency
  reply.volume(); // base volume
  reply.u32(); // state
  reply.u32(); // number of volume steps
  reply.u32(); // card
  const available = readPorts(reply);
  for (let formats = reply.u8(); formats > 0; formats -= 1) reply.formatInfo();
  return { name, description, properties, available };
}
