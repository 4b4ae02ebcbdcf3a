/**
 * The capture process: a program of its own that the supervisor starts, with the pipe as its file
 * descriptor 3 and, where it is told the size of slots, memory that both share as descriptor 4.
 * Nothing imports it.
 *
 * @module
 */
import { connect, type NetConnectOpts, Socket } from "node:net";
import { Host } from "./child/host.ts";
import { Channel } from "./wire/channel.ts";
import { SharedSlots } from "./wire/shared-slots.ts";

// Ctrl-C and a closed terminal go to the whole group of processes. The program decides what they
// mean; it may want to finish a recording, for which it needs this process.
for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) process.on(signal, () => undefined);

/** `process.exit` waits for reads that a stalled driver never ends; this doesn't. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}

const channel = new Channel(
  openPipe(),
  { message: (header, payload) => host.receive(header, payload), closed: die },
  sharedSlots(process.argv[2]),
);

function openPipe(): Socket {
  const pipe = { fd: 3, readable: true, writable: true };
  // A socket that Bun makes of a descriptor is closed at once, and Node can't connect to one.
  return process.versions["bun"] === undefined
    ? new Socket(pipe)
    : connect(pipe as object as NetConnectOpts);
}

/** @param slotBytes where the program shares memory with us, as file descriptor 4 */
function sharedSlots(slotBytes: string | undefined): SharedSlots | undefined {
  return slotBytes === undefined
    ? undefined
    : new SharedSlots("child", { fd: 4, slotBytes: Number(slotBytes) });
}

const host = new Host(channel, die);
channel.send({ type: "hello", pid: process.pid });
