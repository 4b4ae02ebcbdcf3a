import { Command } from "../commands.ts";
import type { Connection } from "../connection.ts";
import { readSource, type SourceInfo } from "../source-info.ts";

/** `pa_sink_info`, as far as playing needs it. */
export type SinkInfo = Pick<SourceInfo, "name" | "description" | "properties" | "available">;

export function getSinks(connection: Connection): Promise<readonly SinkInfo[]> {
  return connection.request({
    command: Command.getSinkInfoList,
    name: "the list of outputs",
    read: (reply) => {
      const sinks: SinkInfo[] = [];
      while (!reply.atEnd) sinks.push(readSource(reply));
      return sinks;
    },
  });
}
