import type { Native } from "./native.ts";
import { openFile } from "./open-file.ts";

/**
 * The length of a file in µs, by looking through all of it: what is recorded live doesn't say it in
 * its head.
 */
export async function durationOf(
  native: Native,
  path: string,
  formats: readonly string[],
): Promise<number> {
  const context = await openFile(native, path, formats);
  const packet = new native.Packet();
  packet.alloc();
  const { AV_NOPTS_VALUE } = native.constants;
  let endUs = 0;
  while ((await context.readFrame(packet)) >= 0) {
    const stream = context.streams.find(({ index }) => index === packet.streamIndex);
    if (stream !== undefined && packet.pts !== AV_NOPTS_VALUE) {
      const { num, den } = stream.timeBase;
      endUs = Math.max(endUs, (Number(packet.pts + packet.duration) * num * 1e6) / den);
    }
    packet.unref();
  }
  const startUs = context.startTime === AV_NOPTS_VALUE ? 0 : Number(context.startTime);
  packet.free();
  await context.closeInput();
  return Math.max(0, endUs - startUs);
}
