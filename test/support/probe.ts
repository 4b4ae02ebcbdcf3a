import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What `ffprobe` says of one stream; the members that tests read. */
export interface ProbedStream {
  codec_type: "audio" | "video";
  codec_name: string;
  width?: number;
  height?: number;
  sample_rate?: string;
  channels?: number;
}

/** What a media file holds, in `ffprobe`'s words; the duration is that of its last packet, in s. */
export async function probe(
  file: string,
): Promise<{ streams: ProbedStream[]; durationS: number; formatName: string }> {
  const args = [
    "-v",
    "error",
    "-show_streams",
    "-show_format",
    "-show_packets",
    "-of",
    "json",
    file,
  ];
  const { stdout } = await run("ffprobe", args, { maxBuffer: 1 << 28 });
  const result: unknown = JSON.parse(stdout);
  const { streams, packets, format } = result as {
    streams: ProbedStream[];
    packets: { pts_time?: string; duration_time?: string }[];
    format: { format_name: string };
  };
  const ends = packets.map(
    (packet) => Number(packet.pts_time ?? 0) + Number(packet.duration_time ?? 0),
  );
  return { streams, durationS: Math.max(0, ...ends), formatName: format.format_name };
}

/** The packets of the first stream of a kind, in the file's order. */
export async function packetsOf(
  file: string,
  kind: "v" | "a",
): Promise<{ ptsS: number; durationS: number; isKey: boolean }[]> {
  const args = `-v error -select_streams ${kind}:0 -show_packets -of json`.split(" ");
  const { stdout } = await run("ffprobe", [...args, file], { maxBuffer: 1 << 28 });
  const { packets } = JSON.parse(stdout) as {
    packets: { pts_time?: string; duration_time?: string; flags: string }[];
  };
  return packets.map((packet) => ({
    ptsS: Number(packet.pts_time),
    durationS: Number(packet.duration_time ?? 0),
    isKey: packet.flags.includes("K"),
  }));
}
