import { Command } from "./commands.ts";
import type { Connection } from "./connection.ts";

/** The name of the source that a program gets when it asks for none; null where there is none. */
export function getDefaultSourceName(connection: Connection): Promise<string | null> {
  return connection.request({
    command: Command.getServerInfo,
    name: "the server's state",
    read: (reply) => {
      reply.string(); // package name
      reply.string(); // package version
      reply.string(); // user name
      reply.string(); // host name
      reply.sampleSpec();
      reply.string(); // default sink
      return reply.string();
    },
  });
}
