/** WebIDL's `AllowSharedBufferSource`. */
export type AllowSharedBufferSource = ArrayBufferLike | ArrayBufferView;

/** The bytes of a buffer source, not copied. */
export function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  if (source instanceof ArrayBuffer || source instanceof SharedArrayBuffer) {
    return new Uint8Array(source);
  }
  throw new TypeError("Expected an ArrayBuffer, a typed array or a DataView.");
}

/**
 * Owned bytes for a frame: moved without a copy when their buffer is in `transfer` (it is detached,
 * as the spec says), else copied.
 */
export function ownBytes(
  source: AllowSharedBufferSource,
  transfer: readonly ArrayBuffer[] = [],
): Uint8Array {
  if (new Set(transfer).size !== transfer.length) {
    throw new DOMException("The transfer list holds a buffer twice.", "DataCloneError");
  }
  const { buffer, byteOffset, byteLength } = bytesOf(source);
  const moved = transfer.length > 0 ? structuredClone(transfer, { transfer: [...transfer] }) : [];
  const mine = moved[transfer.findIndex((item) => item === buffer)];
  return mine === undefined
    ? new Uint8Array(buffer, byteOffset, byteLength).slice()
    : new Uint8Array(mine, byteOffset, byteLength);
}
