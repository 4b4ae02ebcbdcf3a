import { expect, test } from "vitest";
import { openMuxer } from "../../../../../src/sinks/recorder/muxing/muxer.ts";
import { encodedFixture } from "../../../../support/encoded-fixture.ts";

test("An Ogg comes as it is recorded, in pieces of a tenth of a second", async () => {
  const { audio } = await encodedFixture("webm", 4);
  const shape = { sampleRate: 48_000, numberOfChannels: 1, bitrate: 64_000 };
  const config = { kind: "audio", codec: "opus", ...shape } as const;
  const sizes: number[] = [];
  const muxer = await openMuxer("ogg", [{ config }], {
    write: (bytes) => void sizes.push(bytes.byteLength),
  });
  for (const chunk of audio) await muxer.add(0, chunk, Math.max(0, chunk.timestamp));
  expect(sizes.length).toBeGreaterThan(30);
  await muxer.finalize();
});
