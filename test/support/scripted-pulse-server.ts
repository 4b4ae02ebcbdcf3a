import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Command } from "../../src/backends/pulse/commands.ts";
import { PacketDecoder } from "../../src/backends/pulse/packet-decoder.ts";
import { encodeCommand } from "../../src/backends/pulse/packet.ts";
import { TagstructReader } from "../../src/backends/pulse/tagstruct-reader.ts";
import { TagstructWriter } from "../../src/backends/pulse/tagstruct-writer.ts";

/** What a test's server says to one command; undefined says nothing. */
export type Answer = (command: number, tag: number, socket: Socket) => Buffer | undefined;

/** A server that does what no real one can be made to do. */
export async function startScriptedPulseServer(answer: Answer) {
  const folder = mkdtempSync(join(tmpdir(), "usermedia-pulse-script-"));
  const path = join(folder, "native");
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const decoder = new PacketDecoder();
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      for (const { payload } of decoder.push(chunk)) {
        const reader = new TagstructReader(payload);
        const bytes = answer(reader.u32(), reader.u32(), socket);
        if (bytes !== undefined) socket.write(bytes);
      }
    });
  });
  server.listen(path);
  await once(server, "listening");
  return {
    env: { PULSE_SERVER: path },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function reply(tag: number, body = new TagstructWriter()): Buffer {
  const head = new TagstructWriter().u32(Command.reply).u32(tag).toBuffer();
  return encodeCommand(Buffer.concat([head, body.toBuffer()]));
}

export function errorReply(tag: number, code: number): Buffer {
  return encodeCommand(new TagstructWriter().u32(Command.error).u32(tag).u32(code).toBuffer());
}

/** Something that the server says unasked. */
export function event(command: number, body: TagstructWriter): Buffer {
  const head = new TagstructWriter().u32(command).u32(0xffff_ffff).toBuffer();
  return encodeCommand(Buffer.concat([head, body.toBuffer()]));
}

/** A block of a stream's data. */
export function block(channel: number, payload: Buffer): Buffer {
  const packet = encodeCommand(payload);
  packet.writeUInt32BE(channel, 4);
  return packet;
}

/** What an ordinary server with one source, `mic`, says to everything that comes before recording. */
export const ordinaryAnswer: Answer = (command, tag) => {
  switch (command) {
    case Command.auth:
      return reply(tag, new TagstructWriter().u32(35));
    case Command.setClientName:
      return reply(tag, new TagstructWriter().u32(1));
    case Command.getServerInfo:
      return reply(tag, serverInfo());
    case Command.getSourceInfoList:
      return reply(tag, sourceInfo());
    case Command.createRecordStream:
      return reply(tag, recordStream());
    case Command.getRecordLatency:
      return reply(tag, recordLatency());
    default:
      return reply(tag);
  }
};

const SPEC = { format: 3, channels: 2, rate: 48_000 };
const NONE = 0xffff_ffff;

function serverInfo(): TagstructWriter {
  const info = new TagstructWriter().string("script").string("1").string("user").string("host");
  return info.sampleSpec(SPEC).string("sink").string("mic").u32(7).channelMap([1, 2]);
}

function sourceInfo(): TagstructWriter {
  return new TagstructWriter()
    .u32(0)
    .string("mic")
    .string("Scripted Microphone")
    .sampleSpec(SPEC)
    .channelMap([1, 2])
    .u32(NONE)
    .channelVolumes([0x10000, 0x10000])
    .boolean(false)
    .u32(NONE)
    .string(null)
    .usec(0n)
    .string("script")
    .u32(0)
    .propertyList({})
    .usec(0n)
    .volume(0x10000)
    .u32(0)
    .u32(1)
    .u32(NONE)
    .u32(0)
    .string(null)
    .u8(0);
}

function recordStream(): TagstructWriter {
  return new TagstructWriter()
    .u32(5)
    .u32(0)
    .u32(4_194_304)
    .u32(3840)
    .sampleSpec(SPEC)
    .channelMap([1, 2])
    .u32(0)
    .string("mic")
    .boolean(false)
    .usec(10_000n)
    .u8(1);
}

function recordLatency(): TagstructWriter {
  return new TagstructWriter()
    .usec(0n)
    .usec(10_000n)
    .boolean(true)
    .timeval(0, 0)
    .timeval(0, 0)
    .s64(0n)
    .s64(0n);
}
