/** The other end of the pipe sent what is no message, or one that is out of bounds. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}
