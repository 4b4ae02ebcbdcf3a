// Numbers as USB writes them: the lowest byte first.

/** @param {number} value */
export const u16 = (value) => [value & 0xff, (value >> 8) & 0xff];

/** @param {number} value */
export const u32 = (value) => [...u16(value & 0xffff), ...u16(value >>> 16)];
