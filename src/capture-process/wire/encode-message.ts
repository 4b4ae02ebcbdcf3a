import { HEAD_BYTES, MAGIC, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES, WIRE_VERSION } from "./limits.ts";
import { ProtocolError } from "./protocol-error.ts";

/**
 * The head and header of a message; the payload follows them on the pipe.
 * @throws ProtocolError when it would be longer than the other end takes
 */
export function encodeMessage(header: object, payloadBytes = 0): Buffer {
  const json = Buffer.from(JSON.stringify(header), "utf8");
  if (json.length > MAX_HEADER_BYTES || payloadBytes > MAX_PAYLOAD_BYTES) {
    throw new ProtocolError(`A message of ${json.length} + ${payloadBytes} bytes is too long.`);
  }
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt16LE(MAGIC, 0);
  head.writeUInt16LE(WIRE_VERSION, 2);
  head.writeUInt32LE(json.length, 4);
  head.writeUInt32LE(payloadBytes, 8);
  return Buffer.concat([head, json]);
}
