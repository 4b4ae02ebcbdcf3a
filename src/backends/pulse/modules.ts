import { Command } from "./commands.ts";
import type { Connection } from "./connection.ts";
import { TagstructWriter } from "./tagstruct-writer.ts";

/** Loads a module into the server, where it stays until it is unloaded. Returns its number. */
export function loadModule(
  connection: Connection,
  name: string,
  argumentsText: string,
): Promise<number> {
  return connection.request({
    command: Command.loadModule,
    name,
    payload: new TagstructWriter().string(name).string(argumentsText),
    read: (reply) => reply.u32(),
  });
}

export function unloadModule(connection: Connection, index: number): Promise<void> {
  return connection.request({
    command: Command.unloadModule,
    name: "the end of a module",
    payload: new TagstructWriter().u32(index),
    read: () => undefined,
  });
}
