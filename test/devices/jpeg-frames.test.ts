import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ImageCapture } from "../../src/web/image-capture/image-capture.ts";
import { frames } from "../../src/readers/readers.ts";
import { readFrameMark } from "../support/read-frame-mark.ts";
import { SyntheticWorld } from "../support/synthetic-world.ts";

let world: SyntheticWorld;
beforeAll(() => {
  world = new SyntheticWorld();
});
afterAll(() => world.close());

test("frames() as JPEG gives files with the camera's picture, at full contrast", async () => {
  const stream = await world.stream({ width: 640, height: 480 });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no track");
  const reader = frames(track, { format: "jpeg" });
  let count = 0;
  for await (const jpeg of reader) {
    expect(jpeg).toMatchObject({ format: "jpeg", width: 640, height: 480 });
    expect([...jpeg.subarray(0, 2), ...jpeg.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    const args = "-v error -f mjpeg -i pipe:0 -pix_fmt gray -f rawvideo pipe:1".split(" ");
    const data = execFileSync("ffmpeg", args, { input: jpeg });
    expect(readFrameMark({ data, width: 640, height: 480 })).toBeDefined();
    expect(data.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(245);
    expect(data.reduce((a, b) => Math.min(a, b))).toBeLessThan(10);
    count += 1;
    if (count === 3) break;
  }
  for (const live of stream.getTracks()) live.stop();
  expect(reader.destroyed).toBe(true);
});

test("takePhoto() gives a JPEG of the asked size", async () => {
  const stream = await world.stream({ width: 640, height: 480 });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no track");
  const photo = await new ImageCapture(track).takePhoto({ imageWidth: 320 });
  expect(photo.type).toBe("image/jpeg");
  const args = "-v error -f mjpeg -i pipe:0 -pix_fmt gray -f rawvideo pipe:1".split(" ");
  const input = Buffer.from(await photo.arrayBuffer());
  expect(execFileSync("ffmpeg", args, { input })).toHaveLength(320 * 240);
  for (const live of stream.getTracks()) live.stop();
});
