/**
 * A frame's number and flash as black and white squares that survive scaling and lossy codecs:
 * eight columns by four rows, 23 bits of number, one of flash, eight of checksum.
 */
export const CODE_COLUMNS = 8;
export const CODE_ROWS = 4;

const NUMBER_BITS = 23;

export interface FrameMark {
  /** Frames that the camera took before this one, modulo 2^23. */
  readonly number: number;
  readonly flash: boolean;
}

/** Thirty-two bits, the first square's at the top. */
export function encodeMark({ number, flash }: FrameMark): number {
  const payload = ((number % 2 ** NUMBER_BITS) << 1) | (flash ? 1 : 0);
  return ((payload << 8) | checksum(payload)) >>> 0;
}

/** Nothing where the checksum says that these squares are no mark. */
export function decodeMark(bits: number): FrameMark | undefined {
  const payload = bits >>> 8;
  if ((bits & 0xff) !== checksum(payload)) return undefined;
  return { number: payload >>> 1, flash: (payload & 1) === 1 };
}

/** CRC-8; it begins with ones, so that a picture all black carries no mark. */
function checksum(payload: number): number {
  let crc = 0xff;
  for (const shift of [16, 8, 0]) {
    crc ^= (payload >>> shift) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}
