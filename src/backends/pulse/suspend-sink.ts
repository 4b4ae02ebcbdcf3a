import { setTimeout as delay } from "node:timers/promises";

import { Command } from "./commands.ts";
import type { Connection } from "./connection.ts";
import { ServerError } from "./server-error.ts";
import { readSource } from "./source-info.ts";
import { INVALID_INDEX } from "./tags.ts";
import { TagstructWriter } from "./tagstruct-writer.ts";

const POLL_MS = 20;
const MAX_POLLS = 50;

/** Stops a sink. Resolves when it stands still, it is gone, or a second is over. */
export async function suspendSink(connection: Connection, sinkName: string): Promise<void> {
  const sink = () => new TagstructWriter().u32(INVALID_INDEX).string(sinkName);
  try {
    await connection.request({
      command: Command.suspendSink,
      name: "to stop a sink",
      payload: sink().boolean(true),
      read: () => undefined,
    });
    // PipeWire replies before it is done.
    for (let poll = 0; poll < MAX_POLLS; poll += 1) {
      const { isSuspended } = await connection.request({
        command: Command.getSinkInfo,
        name: "the state of a sink",
        payload: sink(),
        read: readSource,
      });
      if (isSuspended) return;
      await delay(POLL_MS);
    }
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
  }
}
