import { once } from "node:events";
import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { MediaRecorder, MediaStream, VideoFrame, VideoTrackGenerator } from "../../src/index.ts";
import { packetsOf } from "../support/probe.ts";

test("Pictures that a program makes are recorded", async () => {
  const { track, writable } = new VideoTrackGenerator();
  const writer = writable.getWriter();
  const write = async (index: number): Promise<void> => {
    const data = new Uint8Array(64 * 48 * 4).fill(index * 8);
    const timestamp = 1_000_000 + index * 40_000;
    await writer.write(
      new VideoFrame(data, { format: "RGBA", codedWidth: 64, codedHeight: 48, timestamp }),
    );
  };
  await write(0);
  const recorder = new MediaRecorder(new MediaStream([track]));
  const data = once(recorder, "dataavailable") as Promise<[{ data: Blob }]>;
  recorder.start();
  await once(recorder, "start");
  for (let index = 1; index <= 20; index += 1) {
    await write(index);
    await pause(2);
  }
  await writer.close();
  const [{ data: blob }] = await data;
  const folder = await mkdtemp(join(tmpdir(), "usermedia-generator-"));
  const file = join(folder, "generated.webm");
  await writeFile(file, Buffer.from(await blob.arrayBuffer()));
  const packets = await packetsOf(file, "v");
  expect(packets.length).toBeGreaterThan(15);
  expect(packets.at(-1)?.ptsS).toBeCloseTo((packets.length - 1) * 0.04, 1);
  await rm(folder, { recursive: true });
});
