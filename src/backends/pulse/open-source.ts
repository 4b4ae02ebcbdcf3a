import type { DeviceConfiguration, DeviceSession } from "../contract.ts";
import { notFound } from "./device-error.ts";
import { PulseSession } from "./session.ts";
import type { ConnectionLease } from "./shared-connection.ts";
import { getSources } from "./source-info.ts";

/** Opens the source of this name. Takes over the lease, also when it fails. */
export async function openSource(
  lease: ConnectionLease,
  sourceName: string,
  configuration: DeviceConfiguration,
): Promise<DeviceSession> {
  try {
    const sources = await getSources(lease.connection);
    const source = sources.find(({ name }) => name === sourceName);
    if (source === undefined) throw notFound(sourceName);
    return await PulseSession.open({ lease, source, nowUs }, configuration);
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** µs on the clock that every frame's timestamp is on. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
