import type { PlaybackConfiguration, PlaybackSession } from "../../../contract/output.ts";
import { notFound } from "../device-error.ts";
import type { ConnectionLease } from "../shared-connection.ts";
import { PulsePlayback } from "./playback-session.ts";
import { getSinks } from "./sink-info.ts";

/**
 * Opens the sink of this name, or the default one. Takes over the lease, also when it fails.
 * @throws ServerError or DeviceError
 */
export async function openSink(
  lease: ConnectionLease,
  name: string | undefined,
  configuration: PlaybackConfiguration,
): Promise<PlaybackSession> {
  if (name === undefined) {
    return await PulsePlayback.open(lease, { name: null, label: "The output" }, configuration);
  }
  try {
    // PipeWire plays into another output where the named one isn't there.
    const sink = (await getSinks(lease.connection)).find((each) => each.name === name);
    if (sink === undefined) throw notFound(name);
    const label = sink.description ?? name;
    return await PulsePlayback.open(lease, { name, label }, configuration);
  } catch (error) {
    lease.release();
    throw error;
  }
}
