/** Length, channel, offset (two words) and flags, 32 bits each, big-endian. */
export const DESCRIPTOR_SIZE = 20;

/** The channel of packets that are commands; every other is a stream's data. */
export const CONTROL_CHANNEL = 0xffff_ffff;

/** What PulseAudio itself takes at most. */
export const MAX_PACKET_SIZE = 16 * 1024 * 1024;

/** A command or a block of a stream's data, as it goes over the wire. */
export interface Packet {
  readonly channel: number;
  readonly payload: Buffer;
}

/** Puts the descriptor before a command. */
export function encodeCommand(payload: Buffer): Buffer {
  return Buffer.concat([encodeDescriptor(CONTROL_CHANNEL, payload.length), payload]);
}

/** What goes before so many bytes for a channel. */
export function encodeDescriptor(channel: number, length: number): Buffer {
  const descriptor = Buffer.alloc(DESCRIPTOR_SIZE);
  descriptor.writeUInt32BE(length, 0);
  descriptor.writeUInt32BE(channel, 4);
  return descriptor;
}
