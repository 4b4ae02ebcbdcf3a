import type { MicrophoneDescription } from "../contract.ts";
import type { Connection } from "./connection.ts";
import { canCancelEcho } from "./can-cancel-echo.ts";
import { describeSource } from "./describe-source.ts";
import { ECHO_PREFIX } from "./echo-modules.ts";
import { getServerInfo } from "./server-info.ts";
import { getSources } from "./source-info.ts";

/** The server's sources in which something can be plugged in; with its outputs if `monitors`. */
export async function listMicrophones(
  connection: Connection,
  { monitors, isLocal }: { readonly monitors: boolean; readonly isLocal: boolean },
): Promise<readonly MicrophoneDescription[]> {
  const [sources, server] = await Promise.all([getSources(connection), getServerInfo(connection)]);
  const cancelsEcho = isLocal && server.defaultSinkName !== null && canCancelEcho(server);
  return sources
    .filter(({ isMonitor, available }) => available && (monitors || !isMonitor))
    .filter(({ name }) => !name.startsWith(ECHO_PREFIX))
    .map((source) => describeSource(source, { ...server, cancelsEcho }));
}
