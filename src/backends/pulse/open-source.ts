import type { DeviceConfiguration } from "../../contract/device.ts";
import type { DeviceSession } from "../../contract/session.ts";
import { notFound } from "./device-error.ts";
import type { EchoCanceller } from "./echo-canceller.ts";
import { PulseSession } from "./session.ts";
import type { ConnectionLease } from "./shared-connection.ts";
import { getSources } from "./source-info.ts";

/** What a session of a source is given to begin with. */
interface Opening {
  readonly lease: ConnectionLease;
  readonly env: NodeJS.ProcessEnv;
  readonly canceller: EchoCanceller | undefined;
}

/** Opens the source of this name. Takes over the lease and the canceller, also when it fails. */
export async function openSource(
  { lease, env, canceller }: Opening,
  sourceName: string,
  configuration: DeviceConfiguration,
): Promise<DeviceSession> {
  try {
    const sources = await getSources(lease.connection);
    const source = sources.find(({ name }) => name === sourceName);
    if (source === undefined) throw notFound(sourceName);
    return await PulseSession.open({ lease, source, env, canceller, nowUs }, configuration);
  } catch (error) {
    lease.release();
    await canceller?.stop();
    throw error;
  }
}

/** µs on the clock that every frame's timestamp is on. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
