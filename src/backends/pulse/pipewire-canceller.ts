import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import type { Connection } from "./connection.ts";
import { ECHO_PREFIX, type EchoParts } from "./echo-modules.ts";
import { getSources } from "./source-info.ts";

const POLL_MS = 20;
const MAX_POLLS = 250;

/**
 * Cancels echo with PipeWire's own module, which hears what the speakers play at its sink's
 * monitor. It runs in a `pw-cli`, which ends with its standard input, and takes it away with it.
 * Returns the source without echo, and what ends it.
 */
export async function startPipeWireCanceller(connection: Connection, parts: EchoParts) {
  const sourceName = `${ECHO_PREFIX}${parts.id}`;
  // Detached: what Ctrl-C means is the program's to say.
  const host = spawn("pw-cli", { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  const gone = once(host, "exit");
  host.stdin.on("error", () => undefined);
  const options = JSON.stringify(moduleOptions(sourceName, parts));
  host.stdin.write(`load-module libpipewire-module-echo-cancel ${options}\n`);
  const unload = async (): Promise<void> => {
    host.stdin.end();
    await gone;
    await untilListed(connection, sourceName, false);
  };
  try {
    await Promise.race([
      untilListed(connection, sourceName, true),
      gone.then(() => Promise.reject(new Error("pw-cli has ended."))),
    ]);
    return { sourceName, unload };
  } catch (error) {
    host.stdin.end();
    throw error;
  }
}

/** Echo alone: noise and level are as they were. */
function moduleOptions(name: string, { channelCount, sinkName, sourceName }: EchoParts) {
  return {
    "monitor.mode": true,
    "library.name": "aec/libspa-aec-webrtc",
    "aec.args": { "webrtc.noise_suppression": false, "webrtc.gain_control": false },
    "audio.rate": 48_000,
    "audio.channels": channelCount,
    "capture.props": { "node.name": `${name}-near`, "target.object": sourceName },
    "source.props": { "node.name": name },
    "sink.props": { "node.name": `${name}-far`, "target.object": sinkName },
  };
}

async function untilListed(connection: Connection, sourceName: string, isListed: boolean) {
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    const sources = await getSources(connection);
    if (sources.some(({ name }) => name === sourceName) === isListed) return;
    await delay(POLL_MS);
  }
  throw new Error("PipeWire doesn't load its echo canceller.");
}
