import type { MicrophoneDescription } from "../contract.ts";
import type { Connection } from "./connection.ts";
import { describeSource } from "./describe-source.ts";
import { getDefaultSourceName } from "./server-info.ts";
import { getSources } from "./source-info.ts";

/** The server's sources in which something can be plugged in; with its outputs if `monitors`. */
export async function listMicrophones(
  connection: Connection,
  monitors: boolean,
): Promise<readonly MicrophoneDescription[]> {
  const [sources, defaultSourceName] = await Promise.all([
    getSources(connection),
    getDefaultSourceName(connection),
  ]);
  return sources
    .filter(({ isMonitor, available }) => available && (monitors || !isMonitor))
    .map((source) => describeSource(source, defaultSourceName));
}
