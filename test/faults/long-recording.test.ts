import { expect, test } from "vitest";
import type { EncodedChunk, EncoderConfig } from "../../src/media/encoding.ts";
import { openMuxer } from "../../src/sinks/recorder/muxing/muxer.ts";
import { encodedFixture } from "../support/encoded-fixture.ts";
import { times } from "./extent.ts";
import { ownMemory } from "./own-resources.ts";

const SECONDS = 10;
/** The sound of a clip ends a little later than its pictures. */
const CLIP_US = (SECONDS + 0.1) * 1e6;
const MINUTES = times(60, 15);
const CLIPS = Math.ceil((MINUTES * 60e6) / CLIP_US);

test.each(["webm", "mp4"] as const)(
  "a long recording of %s leaves no more in memory than its index",
  async (container) => {
    const { audio, video } = await encodedFixture(container, SECONDS);
    const codecs = container === "webm" ? ["vp8", "opus"] : ["avc1.42E01E", "mp4a.40.2"];
    const [codec = "", audioCodec = ""] = codecs;
    const configs: readonly EncoderConfig[] = [
      {
        ...{ kind: "video", codec, width: 320, height: 240, framerate: 30 },
        ...{ bitrate: 1e6, keyFrameIntervalUs: 1e6 },
      },
      { kind: "audio", codec: audioCodec, sampleRate: 48_000, numberOfChannels: 1, bitrate: 64e3 },
    ];
    let bytes = 0;
    const target = { write: (part: Uint8Array) => void (bytes += part.byteLength) };
    const muxer = await openMuxer(
      container,
      configs.map((config) => ({ config })),
      target,
    );
    const inOrder = [...video.map(track(0)), ...audio.map(track(1))].toSorted(byTime);
    const play = async (clip: number): Promise<void> => {
      for (const { index, chunk } of inOrder)
        await muxer.add(index, chunk, chunk.timestamp + clip * CLIP_US);
    };
    await play(0);
    const before = await ownMemory();
    for (let clip = 1; clip < CLIPS; clip++) await play(clip);
    const after = await ownMemory();
    await muxer.finalize();
    console.log(`${container}, ${MINUTES} minutes: ${bytes} bytes`, { before, after });
    // The index grows by less than 4 MB in an hour; every sample would be 40.
    expect(after.heap - before.heap).toBeLessThan(2 + (MINUTES * 6) / 60);
  },
);

function track(index: number): (chunk: EncodedChunk) => { index: number; chunk: EncodedChunk } {
  return (chunk) => ({ index, chunk });
}

function byTime(
  { chunk: one }: { readonly chunk: EncodedChunk },
  { chunk: other }: { readonly chunk: EncodedChunk },
): number {
  return one.timestamp - other.timestamp;
}
