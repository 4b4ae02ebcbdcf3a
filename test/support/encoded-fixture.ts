import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from "mediabunny";
import type { InputAudioTrack, InputVideoTrack } from "mediabunny";
import type { EncodedChunk } from "../../src/media/encoding.ts";

const run = promisify(execFile);

/** The chunks that an encoder would give for some seconds of test picture and tone. */
export interface EncodedFixture {
  readonly video: readonly EncodedChunk[];
  readonly audio: readonly EncodedChunk[];
}

const codecs = {
  webm: "-c:v libvpx -deadline realtime -cpu-used 8 -g 30 -c:a libopus",
  mp4: "-c:v libx264 -preset ultrafast -bf 0 -g 30 -c:a aac",
} as const;

/** Encodes 320x240 at 30 frames/s and a mono tone of 440 Hz with the `ffmpeg` command. */
export async function encodedFixture(
  container: keyof typeof codecs,
  seconds: number,
): Promise<EncodedFixture> {
  const folder = await mkdtemp(join(tmpdir(), "usermedia-fixture-"));
  try {
    const file = join(folder, `fixture.${container}`);
    const inputs =
      "-v error -f lavfi -i testsrc2=size=320x240:rate=30 -f lavfi -i sine=frequency=440:sample_rate=48000";
    const args = `${inputs} -t ${seconds} ${codecs[container]} ${file}`.split(" ");
    await run("ffmpeg", args);
    const input = new Input({
      formats: ALL_FORMATS,
      source: new BufferSource(await readFile(file)),
    });
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    if (!video || !audio) throw new Error("The fixture lacks a track");
    return { video: await chunksOf(video), audio: await chunksOf(audio) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function chunksOf(track: InputVideoTrack | InputAudioTrack): Promise<EncodedChunk[]> {
  const config = (await track.getDecoderConfig()) as {
    codec: string;
    description?: ArrayBufferView | ArrayBuffer;
  } | null;
  const chunks: EncodedChunk[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const timestamp = Math.round(packet.timestamp * 1e6);
    // The last of a cluster in WebM doesn't say how long it is: as long as the one before it.
    const duration = Math.round(packet.duration * 1e6) || (chunks.at(-1)?.duration ?? 0);
    const first = chunks.length === 0 && config ? { decoderConfig: plainConfig(config) } : {};
    chunks.push({
      type: packet.type,
      timestamp,
      duration,
      data: packet.data,
      ...first,
    });
  }
  return chunks;
}

function plainConfig(config: { codec: string; description?: ArrayBufferView | ArrayBuffer }): {
  codec: string;
  description?: Uint8Array;
} {
  const { codec, description } = config;
  if (description === undefined) return { codec };
  const bytes = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  return { codec, description: bytes };
}
