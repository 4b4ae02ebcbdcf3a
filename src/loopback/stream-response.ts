import type { ServerResponse } from "node:http";

/** Begins an answer that goes on as long as the page reads it: lines of text, or {@link record}s. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/octet-stream" });
  response.flushHeaders();
}

/** Bytes with their length before them, 32 bits, big endian, as the page's `records()` reads them. */
export function record(...parts: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(parts.reduce((sum, { length }) => sum + length, 0));
  return Buffer.concat([head, ...parts]);
}
