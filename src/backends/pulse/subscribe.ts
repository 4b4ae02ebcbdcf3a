import { Command } from "./commands.ts";
import type { Connection } from "./connection.ts";
import { TagstructWriter } from "./tagstruct-writer.ts";

/** `PA_SUBSCRIPTION_MASK_SINK | …_SOURCE | …_SERVER | …_CARD`: lists, defaults, what is plugged in. */
const DEVICE_CHANGES = 0x0001 | 0x0002 | 0x0080 | 0x0200;

/** Has the server tell of every change to the lists of sources and sinks, and to the defaults. */
export function subscribe(connection: Connection): Promise<void> {
  return connection.request({
    command: Command.subscribe,
    name: "notice of changes",
    payload: new TagstructWriter().u32(DEVICE_CHANGES),
    read: () => undefined,
  });
}
