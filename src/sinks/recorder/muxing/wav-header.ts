import type { AudioEncoderConfig } from "../../../media/encoding.ts";

const bytesPerSample = 2;

/** The body of `ds64`: three sizes of 64 bits and the length of an empty table. */
const largeSizesBytes = 28;

/** What a size of 32 bits says where it isn't known, or where `ds64` says it. */
const unknownSize = 0xffffffff;

/** The GUID of PCM in a `WAVEFORMATEXTENSIBLE`, after its first two bytes. */
const pcmFormat = Buffer.from("000000001000800000aa00389b71", "hex");

/** The speakers of so many channels, in the order of the samples: FFmpeg's and Web Audio's. */
const speakers: Readonly<Record<number, number>> = {
  3: 0x7,
  4: 0x33,
  5: 0x37,
  6: 0x3f,
  7: 0x70f,
  8: 0x63f,
};

/** Bytes of one sample of all channels. */
export function bytesPerFrame({ numberOfChannels }: AudioEncoderConfig): number {
  return numberOfChannels * bytesPerSample;
}

/**
 * The header of a WAV file with 16-bit PCM. One that has room for it becomes an RF64 file, which has
 * sizes of 64 bits, where the data is too long for RIFF.
 *
 * @param dataBytes - undefined while nobody knows, which players take for "to the end of the file"
 * @param hasRoom - 36 bytes more, which other readers skip
 * @see https://tech.ebu.ch/docs/tech/tech3306.pdf
 */
export function wavHeader(
  config: AudioEncoderConfig,
  dataBytes: number | undefined,
  hasRoom: boolean,
): Buffer {
  const format = formatChunk(config);
  const room = hasRoom ? 8 + largeSizesBytes : 0;
  const headerBytes = 12 + room + format.length + 8;
  const riffBytes = headerBytes - 8 + (dataBytes ?? unknownSize - headerBytes);
  const isLarge = riffBytes > unknownSize;
  const is64 = isLarge && hasRoom;
  const head = Buffer.concat([fourBytes(is64 ? "RF64" : "RIFF", riffBytes), Buffer.from("WAVE")]);
  const sizes = hasRoom ? Buffer.alloc(largeSizesBytes) : Buffer.alloc(0);
  if (is64) {
    sizes.writeBigUInt64LE(BigInt(riffBytes), 0);
    sizes.writeBigUInt64LE(BigInt(dataBytes ?? 0), 8);
    sizes.writeBigUInt64LE(BigInt((dataBytes ?? 0) / bytesPerFrame(config)), 16);
  }
  return Buffer.concat([
    head,
    ...(hasRoom ? [fourBytes(is64 ? "ds64" : "JUNK", largeSizesBytes), sizes] : []),
    format,
    fourBytes("data", dataBytes ?? unknownSize - headerBytes),
  ]);
}

function formatChunk(config: AudioEncoderConfig): Buffer {
  const { numberOfChannels, sampleRate } = config;
  const isExtensible = numberOfChannels > 2;
  const body = Buffer.alloc(isExtensible ? 40 : 16);
  body.writeUInt16LE(isExtensible ? 0xfffe : 1, 0);
  body.writeUInt16LE(numberOfChannels, 2);
  body.writeUInt32LE(sampleRate, 4);
  body.writeUInt32LE(sampleRate * bytesPerFrame(config), 8);
  body.writeUInt16LE(bytesPerFrame(config), 12);
  body.writeUInt16LE(bytesPerSample * 8, 14);
  if (isExtensible) {
    body.writeUInt16LE(22, 16);
    body.writeUInt16LE(bytesPerSample * 8, 18);
    body.writeUInt32LE(speakers[numberOfChannels] ?? 0, 20);
    body.writeUInt16LE(1, 24);
    pcmFormat.copy(body, 26);
  }
  return Buffer.concat([fourBytes("fmt ", body.length), body]);
}

/** A chunk's name and its size, or the greatest there is. */
function fourBytes(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(name, 0, "latin1");
  bytes.writeUInt32LE(Math.min(size, unknownSize), 4);
  return bytes;
}
