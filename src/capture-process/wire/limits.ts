/**
 * The pipe's message: `magic u16 | version u16 | header length u32 | payload length u32 | slot u32`,
 * all little-endian, then the header as JSON, then the payload as it is. Where `slot` isn't 0, the
 * payload isn't on the pipe but in that slot of the shared file, counted from 1; without a header
 * and a payload, the message says that the slot was read.
 */
export const MAGIC = 0x4d55;

/** Raised whenever a message changes its meaning; both ends come from one package. */
export const WIRE_VERSION = 4;

export const HEAD_BYTES = 16;

export const MAX_HEADER_BYTES = 256 * 1024;

/** A picture of 7680x4320 in 32 bits a pixel fits. */
export const MAX_PAYLOAD_BYTES = 7680 * 4320 * 4;

/** To copy a payload as short as this costs less than a second buffer to write. */
export const ONE_WRITE_BYTES = 32 * 1024;

/** Raw frames wait for a slow reader no further than this; then the oldest are dropped. */
export const MAX_WAITING_PICTURES = 3;

/** Chunks of samples of about 10 ms each: a second. */
export const MAX_WAITING_SAMPLES = 100;
