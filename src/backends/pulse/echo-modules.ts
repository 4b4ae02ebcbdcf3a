import type { Connection } from "./connection.ts";
import { loadModule, unloadModule } from "./modules.ts";

/** What the names of our sinks and sources begin with; they are no devices of anybody's. */
export const ECHO_PREFIX = "usermedia-echo-";

/** Echo alone: noise, level and the mixer's volume are as they were. */
const CANCELLER_ARGUMENTS = "noise_suppression=0 analog_gain_control=0 digital_gain_control=0";

/** What is to be taken out of what. */
export interface EchoParts {
  /** The microphone. */
  readonly sourceName: string;
  /** What is played there comes back as echo. */
  readonly sinkName: string;
  /** Of the microphone. */
  readonly channelCount: number;
  /** Unique on this server. */
  readonly id: string;
}

/**
 * Has the server cancel echo, without touching what anybody plays or hears: its canceller knows of
 * the far end what is played into a sink of its own, so that sink is fed with what the speakers
 * play, and plays into nothing. Returns the source without echo, and what takes it all away again.
 *
 * @throws ServerError where the server lacks a module
 */
export async function loadEchoModules(connection: Connection, parts: EchoParts) {
  const { channelCount, id, sinkName, sourceName } = parts;
  const name = `${ECHO_PREFIX}${id}`;
  const loaded: number[] = [];
  const unload = async (): Promise<void> => {
    for (const index of loaded.splice(0).toReversed()) await unloadModule(connection, index);
  };
  const load = async (module: string, ...args: readonly string[]): Promise<void> => {
    loaded.push(await loadModule(connection, module, args.join(" ")));
  };
  try {
    await load("module-null-sink", "norewinds=1", `sink_name=${name}-nowhere`);
    await load(
      "module-echo-cancel",
      ...["aec_method=webrtc", `aec_args="${CANCELLER_ARGUMENTS}"`, "use_volume_sharing=no"],
      ...[`source_master=${sourceName}`, `sink_master=${name}-nowhere`],
      ...[`source_name=${name}`, `sink_name=${name}-far`],
      ...["rate=48000", `channels=${channelCount}`],
    );
    // The far end must be known before its echo comes.
    const played = [`source=${sinkName}.monitor`, `sink=${name}-far`, "latency_msec=10"];
    await load("module-loopback", ...played, "source_dont_move=1", "sink_dont_move=1");
    return { sourceName: name, unload };
  } catch (error) {
    await unload().catch(() => undefined);
    throw error;
  }
}
