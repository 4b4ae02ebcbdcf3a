import { HEAD_BYTES, MAGIC, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES, WIRE_VERSION } from "./limits.ts";
import { ProtocolError } from "./protocol-error.ts";

/**
 * The head and header of a message; the payload follows them on the pipe.
 * @throws ProtocolError when it would be longer than the other end takes
 */
export function encodeMessage(header: object, payloadBytes = 0): Buffer {
  const json = JSON.stringify(header);
  const headerBytes = Buffer.byteLength(json, "utf8");
  if (headerBytes > MAX_HEADER_BYTES || payloadBytes > MAX_PAYLOAD_BYTES) {
    throw new ProtocolError(`A message of ${headerBytes} + ${payloadBytes} bytes is too long.`);
  }
  const message = Buffer.allocUnsafe(HEAD_BYTES + headerBytes);
  message.writeUInt16LE(MAGIC, 0);
  message.writeUInt16LE(WIRE_VERSION, 2);
  message.writeUInt32LE(headerBytes, 4);
  message.writeUInt32LE(payloadBytes, 8);
  message.write(json, HEAD_BYTES, "utf8");
  return message;
}
