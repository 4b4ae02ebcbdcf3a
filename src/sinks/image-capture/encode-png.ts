/** A picture as bytes: red, green, blue and one that is left out, row by row without padding. */
export interface RgbxPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Each byte as its difference from the one above it, which suits pictures of cameras. */
const FILTER_UP = 2;

/**
 * A picture as a PNG file.
 * @see https://www.w3.org/TR/png-3/
 */
export function encodePng({ width, height, data }: RgbxPicture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8); // bits of a sample
  header.writeUInt8(2, 9); // true colour
  const { deflateSync } = process.getBuiltinModule("node:zlib");
  const scanlines = deflateSync(filter(width, height, data), { level: 6 });
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", scanlines),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function filter(width: number, height: number, data: RgbxPicture["data"]): Buffer {
  const stride = width * 3 + 1;
  const filtered = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    filtered[y * stride] = FILTER_UP;
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const to = y * stride + 1 + x * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const above = y === 0 ? 0 : (data[from - width * 4 + channel] ?? 0);
        filtered[to + channel] = (data[from + channel] ?? 0) - above;
      }
    }
  }
  return filtered;
}

function chunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(body.length, 0);
  content.copy(framed, 4);
  const { crc32 } = process.getBuiltinModule("node:zlib");
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}
