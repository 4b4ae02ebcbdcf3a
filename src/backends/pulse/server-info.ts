import { Command } from "./commands.ts";
import type { Connection } from "./connection.ts";

/** `pa_server_info`, as far as capturing needs it. */
export interface ServerInfo {
  /** `"pulseaudio"`, or `"PulseAudio (on PipeWire 1.2.3)"`. */
  readonly packageName: string;
  readonly packageVersion: string;
  /** What a program plays into that asks for none; null where there is none. */
  readonly defaultSinkName: string | null;
  /** What a program gets that asks for none; null where there is none. */
  readonly defaultSourceName: string | null;
}

export function getServerInfo(connection: Connection): Promise<ServerInfo> {
  return connection.request({
    command: Command.getServerInfo,
    name: "the server's state",
    read: (reply) => {
      const packageName = reply.string() ?? "";
      const packageVersion = reply.string() ?? "";
      reply.string(); // user name
      reply.string(); // host name
      reply.sampleSpec();
      const defaultSinkName = reply.string();
      const defaultSourceName = reply.string();
      return { packageName, packageVersion, defaultSinkName, defaultSourceName };
    },
  });
}

/** Whether it is PipeWire's PulseAudio server. */
export function isPipeWire({ packageName }: ServerInfo): boolean {
  return packageName.includes("PipeWire");
}
