/** H.264 as encoders write it (start codes) to what containers want (lengths, `avcC`). */

/** The NAL units of an Annex B byte stream, without their start codes. */
export function nalUnits(stream: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  let start = -1;
  for (let at = 0; at + 2 < stream.length; at++) {
    if (stream[at + 2] !== 1 || stream[at + 1] !== 0 || stream[at] !== 0) continue;
    if (start >= 0) units.push(trimmed(stream, start, at));
    start = at + 3;
    at += 2;
  }
  if (start >= 0) units.push(trimmed(stream, start, stream.length));
  return units.filter((unit) => unit.length > 0);
}

/** Zeros before a start code belong to it. */
function trimmed(stream: Uint8Array, start: number, end: number): Uint8Array {
  let last = end;
  while (last > start && stream[last - 1] === 0) last--;
  return stream.subarray(start, last);
}

/** Each unit with its length before it, in 4 bytes. */
export function lengthPrefixed(units: readonly Uint8Array[]): Uint8Array {
  const result = Buffer.alloc(units.reduce((sum, unit) => sum + 4 + unit.length, 0));
  let at = 0;
  for (const unit of units) {
    at = result.writeUInt32BE(unit.length, at);
    result.set(unit, at);
    at += unit.length;
  }
  return result;
}

/**
 * AVCDecoderConfigurationRecord.
 * @see ISO/IEC 14496-15, 5.3.3.1
 */
export function avcConfiguration(units: readonly Uint8Array[]): Uint8Array | undefined {
  const sps = units.filter((unit) => ((unit[0] ?? 0) & 31) === 7);
  const pps = units.filter((unit) => ((unit[0] ?? 0) & 31) === 8);
  const first = sps[0];
  if (first === undefined || pps.length === 0) return undefined;
  const sized = (unit: Uint8Array) => [unit.length >> 8, unit.length & 255, ...unit];
  const [, profile = 0, compatibility = 0, level = 0] = first;
  return Uint8Array.from([
    1,
    profile,
    compatibility,
    level,
    0xfc | 3,
    0xe0 | sps.length,
    ...sps.flatMap(sized),
    pps.length,
    ...pps.flatMap(sized),
    ...(profile >= 100 ? [0xfc | 1, 0xf8, 0xf8, 0] : []),
  ]);
}
