import type { MicrophoneDescription, SystemAudioDescription } from "../../contract/device.ts";
import type { Connection } from "./connection.ts";
import { canCancelEcho } from "./can-cancel-echo.ts";
import { describeMonitor, describeSource } from "./describe-source.ts";
import { ECHO_PREFIX } from "./echo-modules.ts";
import { getServerInfo } from "./server-info.ts";
import { getSources } from "./source-info.ts";

/**
 * The server's sources in which something can be plugged in, and what its outputs play: as
 * as microphones instead of the sound of a display if `monitors`.
 */
export async function listSources(
  connection: Connection,
  { monitors, isLocal }: { readonly monitors: boolean; readonly isLocal: boolean },
): Promise<readonly (MicrophoneDescription | SystemAudioDescription)[]> {
  const [sources, server] = await Promise.all([getSources(connection), getServerInfo(connection)]);
  const cancelsEcho = isLocal && server.defaultSinkName !== null && canCancelEcho(server);
  return sources
    .filter(({ available, name }) => available && !name.startsWith(ECHO_PREFIX))
    .map((source) =>
      source.isMonitor && !monitors
        ? describeMonitor(source, server)
        : describeSource(source, { ...server, cancelsEcho }),
    );
}
