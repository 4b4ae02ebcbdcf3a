import { HEAD_BYTES, MAGIC, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES, WIRE_VERSION } from "./limits.ts";
import { ProtocolError } from "./protocol-error.ts";

/**
 * The head and header of a message; the payload follows them on the pipe, or is in a slot.
 * @throws ProtocolError when it would be longer than the other end takes
 */
export function encodeMessage(header: object, payloadBytes = 0, slot?: number): Buffer {
  const json = JSON.stringify(header);
  const headerBytes = Buffer.byteLength(json, "utf8");
  if (headerBytes > MAX_HEADER_BYTES || payloadBytes > MAX_PAYLOAD_BYTES) {
    throw new ProtocolError(`A message of ${headerBytes} + ${payloadBytes} bytes is too long.`);
  }
  const message = newMessage(headerBytes, payloadBytes, slot);
  message.write(json, HEAD_BYTES, "utf8");
  return message;
}

/** What says that a slot was read. */
export function encodeSlotRead(slot: number): Buffer {
  return newMessage(0, 0, slot);
}

function newMessage(headerBytes: number, payloadBytes: number, slot: number | undefined): Buffer {
  const message = Buffer.allocUnsafe(HEAD_BYTES + headerBytes);
  message.writeUInt16LE(MAGIC, 0);
  message.writeUInt16LE(WIRE_VERSION, 2);
  message.writeUInt32LE(headerBytes, 4);
  message.writeUInt32LE(payloadBytes, 8);
  message.writeUInt32LE(slot === undefined ? 0 : slot + 1, 12);
  return message;
}
