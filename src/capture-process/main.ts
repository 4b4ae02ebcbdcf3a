/**
 * The capture process: a program of its own that the supervisor starts, with the pipe as its file
 * descriptor 3. Nothing imports it.
 *
 * @module
 */
import { Socket } from "node:net";
import { Host } from "./child/host.ts";
import { Channel } from "./wire/channel.ts";

// Ctrl-C and a closed terminal go to the whole group of processes. The program decides what they
// mean; it may want to finish a recording, for which it needs this process.
for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) process.on(signal, () => undefined);

/** `process.exit` waits for reads that a stalled driver never ends; this doesn't. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}

const channel = new Channel(new Socket({ fd: 3, readable: true, writable: true }), {
  message: (header, payload) => host.receive(header, payload),
  closed: die,
});
const host = new Host(channel, die);
channel.send({ type: "hello", pid: process.pid });
