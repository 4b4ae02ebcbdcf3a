import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { expect, onTestFinished, test } from "vitest";

import { ManualClock, VirtualDevices } from "../../../src/testing/index.ts";
import type { MediaRecorder } from "../../../src/web/recorder/media-recorder.ts";
import { nextEvent } from "../../support/dom-windows.ts";
import { probe } from "../../support/probe.ts";
import { missingCommands } from "../../support/sound-server.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import type { BlobEvent } from "../../../src/web/recorder/blob-event.ts";

function fakeRecorders() {
  const clock = new ManualClock();
  const devices = new VirtualDevices({ clock, encoder: "fake" });
  onTestFinished(() => devices.close());
  devices.addCamera({ modes: [{ width: 160, height: 120, frameRate: 25 }] });
  devices.addMicrophone();
  const Recorder = devices.capture.interfaces["MediaRecorder"] as typeof MediaRecorder;
  return { clock, devices, Recorder };
}

test("with fake encoders WebM of VP8 and Opus is supported, and nothing else", () => {
  const { devices } = fakeRecorders();
  const { window } = new JSDOM("", { url: "https://example.com/" });
  onTestFinished(devices.install(window));
  const { MediaRecorder: Recorder } = window as unknown as { MediaRecorder: typeof MediaRecorder };
  const types = ["video/webm", "video/webm;codecs=vp8,opus", "audio/webm;codecs=opus"];
  expect(types.map((type) => Recorder.isTypeSupported(type))).toEqual([true, true, true]);
  const others = ["video/webm;codecs=vp9", "video/mp4;codecs=avc1", "audio/wav"];
  expect(others.map((type) => Recorder.isTypeSupported(type))).toEqual([false, false, false]);
});

test("a type that fake encoders don't make fails with advice, and never with what is no such file", async () => {
  const { clock, devices, Recorder } = fakeRecorders();
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  const recorder = new Recorder(stream, { mimeType: "video/mp4" });
  const failed = nextEvent(recorder, "error");
  recorder.start();
  await clock.advance(100);
  expect(await failed).toMatchObject({
    error: { message: expect.stringContaining('set encoder to "native"') },
  });
});

test("two seconds are recorded in a moment, and FFmpeg plays them: grey, silent, of that length", async (context) => {
  const reason = missingCommands("ffmpeg", "ffprobe");
  if (reason !== undefined) context.skip(reason);
  const { clock, devices, Recorder } = fakeRecorders();
  const stream = await devices.mediaDevices.getUserMedia({ audio: true, video: true });
  const recorder = new Recorder(stream);
  const recorded = nextEvent(recorder, "dataavailable");
  const started = nextEvent(recorder, "start");
  recorder.start();
  await clock.advance(40);
  await started;
  await clock.advance(2000);
  recorder.stop();
  const { data } = (await recorded) as BlobEvent;
  const file = join(temporaryFolder(), "fake.webm");
  writeFileSync(file, new Uint8Array(await data.arrayBuffer()));
  const { durationS, streams } = await probe(file);
  expect(streams).toMatchObject([
    { codec_name: "opus", channels: 1 },
    { codec_name: "vp8", width: 160, height: 120 },
  ]);
  expect(durationS).toBeCloseTo(2, 0);
  const decode = ["-v", "error", "-xerror", "-i", file];
  const raw = "-f rawvideo -pix_fmt gray -".split(" ");
  const pixels = execFileSync("ffmpeg", [...decode, ...raw], { maxBuffer: 1 << 26 });
  expect(pixels.length / (160 * 120)).toBeGreaterThanOrEqual(50);
  const greys = [...new Set(pixels)];
  expect(Math.max(...greys) - Math.min(...greys)).toBeLessThan(4);
  const samples = execFileSync("ffmpeg", [...decode, "-vn", "-f", "s16le", "-"], {
    maxBuffer: 1 << 26,
  });
  expect(new Set(samples)).toEqual(new Set([0]));
});
