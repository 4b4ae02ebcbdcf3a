import { Command } from "./commands.ts";
import type { Connection } from "./connection.ts";
import { TagstructWriter } from "./tagstruct-writer.ts";

/** Where a record stream stands, `pa_timing_info` in other words. */
export interface RecordLatency {
  /** µs from sound to the end of the server's queue */
  readonly sourceLatencyUs: number;
  /** False while the device rests; the latency means nothing then. */
  readonly playing: boolean;
  /** Bytes in the server's queue that haven't been sent yet */
  readonly queuedBytes: number;
}

/** `onReply` runs before any block that the server sent later is delivered. */
export function getRecordLatency(
  connection: Connection,
  channel: number,
  onReply: (latency: RecordLatency) => void,
): Promise<void> {
  return connection.request({
    command: Command.getRecordLatency,
    name: "the latency",
    payload: new TagstructWriter().u32(channel).timeval(0, 0),
    read: (reply) => {
      reply.usec(); // latency of the sink that a monitor listens to
      const sourceLatencyUs = Number(reply.usec());
      const playing = reply.boolean();
      reply.timeval(); // our time, echoed
      reply.timeval(); // the server's time
      const writeIndex = reply.s64();
      const readIndex = reply.s64();
      const queuedBytes = Math.max(0, Number(writeIndex - readIndex));
      onReply({ sourceLatencyUs, playing, queuedBytes });
    },
  });
}
