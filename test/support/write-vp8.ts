import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dePacketizeRtpPackets, type RtpPacket } from "werift";

const clockRate = 90_000;

/** Puts the frames of received VP8 packets into an IVF file, from the first key frame on. */
export async function writeVp8(
  folder: string,
  packets: readonly RtpPacket[],
  size: { readonly width: number; readonly height: number },
): Promise<string> {
  const frames: Buffer[] = [];
  const times = [...new Set(packets.map(({ header }) => header.timestamp))];
  for (const time of times) {
    const own = packets.filter(({ header }) => header.timestamp === time);
    const { data, isKeyframe } = dePacketizeRtpPackets("VP8", own);
    if (frames.length === 0 && !isKeyframe) continue;
    const head = Buffer.alloc(12);
    head.writeUInt32LE(data.length, 0);
    head.writeBigUInt64LE(BigInt(time - (times[0] ?? 0)), 4);
    frames.push(Buffer.concat([head, data]));
  }
  const header = Buffer.alloc(32);
  header.write("DKIF", 0);
  header.writeUInt16LE(32, 6);
  header.write("VP80", 8);
  header.writeUInt16LE(size.width, 12);
  header.writeUInt16LE(size.height, 14);
  header.writeUInt32LE(clockRate, 16);
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(frames.length, 24);
  const file = join(folder, "received.ivf");
  await writeFile(file, Buffer.concat([header, ...frames]));
  return file;
}
