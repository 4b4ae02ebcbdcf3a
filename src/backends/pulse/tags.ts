/**
 * The type tag that stands before each value of a tagstruct.
 *
 * @see https://gitlab.freedesktop.org/pulseaudio/pulseaudio/-/blob/master/src/pulsecore/tagstruct.h
 */
export const Tag = {
  string: 0x74,
  nullString: 0x4e,
  u32: 0x4c,
  u8: 0x42,
  s64: 0x72,
  sampleSpec: 0x61,
  arbitrary: 0x78,
  true: 0x31,
  false: 0x30,
  timeval: 0x54,
  usec: 0x55,
  channelMap: 0x6d,
  channelVolumes: 0x76,
  propertyList: 0x50,
  volume: 0x56,
  formatInfo: 0x66,
} as const;

/** What the protocol writes where there is no index. */
export const INVALID_INDEX = 0xffff_ffff;
