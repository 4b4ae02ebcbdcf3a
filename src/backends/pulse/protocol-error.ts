/** The server sent something that isn't the protocol; the connection can't go on. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}
