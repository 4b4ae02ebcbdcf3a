/**
 * A process that owns what cancels echo in the sound server, which would outlive a program that was
 * killed: it loads it, says so, and unloads it when its input ends, as it does with the program.
 *
 * @module
 */
import { connect } from "./connect.ts";
import { loadEchoModules } from "./echo-modules.ts";
import { startPipeWireCanceller } from "./pipewire-canceller.ts";
import { getServerInfo, isPipeWire } from "./server-info.ts";

const TIMEOUT_MS = 5000;

// The program decides what Ctrl-C means; if it ends, so does the input.
for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) process.on(signal, () => undefined);

const [, , sourceName = "", channels = "1", id = ""] = process.argv;
const inputEnded = new Promise<void>((resolve) => {
  process.stdin
    .once("end", resolve)
    .once("error", () => resolve())
    .resume();
});

try {
  const environment = { env: process.env, uid: process.getuid?.() };
  const connection = await connect(environment, TIMEOUT_MS);
  const server = await getServerInfo(connection);
  const { defaultSinkName } = server;
  if (defaultSinkName === null) throw new Error("Nothing can be played, so there is no echo.");
  const channelCount = Number(channels);
  const parts = { sourceName, sinkName: defaultSinkName, channelCount, id };
  const load = isPipeWire(server) ? startPipeWireCanceller : loadEchoModules;
  const { sourceName: cancelled, unload } = await load(connection, parts);
  const over = new Promise<void>((resolve) => {
    connection.onClose(() => resolve());
  });
  process.stdout.write(`${JSON.stringify({ sourceName: cancelled })}\n`);
  await Promise.race([inputEnded, over]);
  await unload().catch(() => undefined);
  connection.close();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stdout.write(`${JSON.stringify({ reason })}\n`);
}
process.exit();
