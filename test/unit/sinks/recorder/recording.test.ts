import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DeviceError } from "../../../../src/contract/device-error.ts";
import type { Clock } from "../../../../src/engine/contract.ts";
import { defaultBitrates } from "../../../../src/sinks/recorder/bitrates.ts";
import { Recording } from "../../../../src/sinks/recorder/recording.ts";
import { chooseFormat } from "../../../../src/sinks/recorder/recording-format.ts";
import type { RecordingTarget } from "../../../../src/sinks/recorder/recording-target.ts";
import { encodedFixture } from "../../../support/encoded-fixture.ts";
import type { EncodedFixture } from "../../../support/encoded-fixture.ts";
import { packetsOf, probe } from "../../../support/probe.ts";
import { ReplayedTrack } from "../../../support/replayed-track.ts";

const epochUs = 5_000_000_000;
const folder = mkdtempSync(join(tmpdir(), "usermedia-recording-"));
let webm: EncodedFixture;
let mp4: EncodedFixture;

beforeAll(async () => {
  [webm, mp4] = await Promise.all([encodedFixture("webm", 4), encodedFixture("mp4", 4)]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A clock that stands where the test puts it. */
class HandClock implements Clock {
  us = epochUs;
  timers: (() => void)[] = [];
  nowUs(): number {
    return this.us;
  }
  wallMs(): number {
    return this.us / 1000;
  }
  setTimeout(callback: () => void): () => void {
    this.timers.push(callback);
    return () => {
      this.timers = this.timers.filter((other) => other !== callback);
    };
  }
}

class Memory implements RecordingTarget {
  parts: Uint8Array[] = [];
  write(bytes: Uint8Array): void {
    this.parts.push(bytes);
  }
  save(name: string): string {
    const file = join(folder, name);
    writeFileSync(file, Buffer.concat(this.parts));
    return file;
  }
}

function record(tracks: ReplayedTrack[], mimeType: string, target: RecordingTarget = new Memory()) {
  const clock = new HandClock();
  const log: string[] = [];
  const format = chooseFormat(
    mimeType,
    tracks.map(({ kind }) => kind),
    () => true,
  );
  if (!format) throw new Error(`${mimeType} can't hold the tracks`);
  const recording = new Recording(
    { tracks, format, target, clock, bitrates: defaultBitrates, audioBitrateMode: "variable" },
    { failed: (reason) => log.push(reason.message), ended: () => log.push("ended") },
  );
  const play = (seconds: number): void => {
    clock.us = epochUs + seconds * 1e6;
    for (const track of tracks) track.playUntil(seconds * 1e6, epochUs);
  };
  return { recording, clock, log, play };
}

describe.each([
  ["video/webm", () => webm, "vp8", "opus"],
  ["video/x-matroska;codecs=avc1,mp4a.40.2", () => mp4, "h264", "aac"],
  ["video/mp4", () => mp4, "h264", "aac"],
] as const)("A recording to %s", (mimeType, fixture, video, audio) => {
  const name = mimeType.replace(/\W/g, "-");

  test("holds every chunk at its time, from zero on", async () => {
    const tracks = [
      new ReplayedTrack("video", fixture().video),
      new ReplayedTrack("audio", fixture().audio),
    ];
    const target = new Memory();
    const { recording, play } = record(tracks, mimeType, target);
    await recording.start();
    for (let seconds = 0.1; seconds < 4.5; seconds += 0.1) play(seconds);
    await recording.stop();
    const file = target.save(name);
    const { streams, durationS } = await probe(file);
    expect(streams.map((stream) => stream.codec_name)).toEqual([video, audio]);
    expect(durationS).toBeCloseTo(4, 1);
    const packets = await packetsOf(file, "v");
    expect(packets).toHaveLength(120);
    for (const [index, packet] of packets.entries()) {
      expect(Math.abs(packet.ptsS - index / 30)).toBeLessThan(0.025);
    }
  });

  test("is playable up to the moment when it breaks off", async () => {
    const tracks = [
      new ReplayedTrack("video", fixture().video),
      new ReplayedTrack("audio", fixture().audio),
    ];
    const target = new Memory();
    const { recording, play } = record(tracks, mimeType, target);
    await recording.start();
    for (let seconds = 0.1; seconds < 3.5; seconds += 0.1) play(seconds);
    await settled();
    const { durationS } = await probe(target.save(`${name}-broken-off`));
    expect(durationS).toBeGreaterThan(1.9);
    await recording.stop();
  });

  test("leaves a pause out without a gap", async () => {
    const tracks = [
      new ReplayedTrack("video", fixture().video),
      new ReplayedTrack("audio", fixture().audio),
    ];
    const target = new Memory();
    const { recording, play } = record(tracks, mimeType, target);
    await recording.start();
    play(1);
    recording.pause();
    expect(tracks.map((track) => track.paused)).toEqual([true, false]);
    play(3);
    recording.resume();
    expect(tracks.map((track) => track.paused)).toEqual([false, false]);
    play(4);
    await recording.stop();
    const file = target.save(`${name}-paused`);
    const { durationS } = await probe(file);
    expect(Math.abs(durationS - 2)).toBeLessThan(0.06);
    for (const kind of ["v", "a"] as const) {
      const packets = await packetsOf(file, kind);
      for (let index = 1; index < packets.length; index += 1) {
        const step = (packets[index]?.ptsS ?? 0) - (packets[index - 1]?.ptsS ?? 0);
        expect(step).toBeGreaterThan(0);
        expect(step).toBeLessThan(0.075);
      }
    }
  });
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}

test("Tracks that start at different moments keep their distance", async () => {
  const tracks = [new ReplayedTrack("video", webm.video), new ReplayedTrack("audio")];
  const target = new Memory();
  const { recording } = record(tracks, "video/webm", target);
  await recording.start();
  for (const chunk of webm.audio) {
    tracks[1]?.give({ ...chunk, timestamp: chunk.timestamp + epochUs + 500_000 });
  }
  tracks[0]?.playUntil(4_000_000, epochUs);
  await recording.stop();
  const file = target.save("late-audio.webm");
  const [firstVideo] = await packetsOf(file, "v");
  const [firstAudio] = await packetsOf(file, "a");
  expect(firstVideo?.ptsS).toBe(0);
  expect(firstAudio?.ptsS).toBeCloseTo(0.5, 1);
});

test("A track that never gives a chunk doesn't hold up the others for ever", async () => {
  const tracks = [new ReplayedTrack("video", webm.video), new ReplayedTrack("audio")];
  const target = new Memory();
  const { recording, clock, play } = record(tracks, "video/webm", target);
  await recording.start();
  play(4);
  for (const timer of clock.timers) timer();
  await recording.stop();
  const { streams } = await probe(target.save("silent.webm"));
  expect(streams.map(({ codec_type }) => codec_type)).toContain("video");
});

test("Pictures after a gap in the chunks begin with a key frame, which is asked for", async () => {
  const track = new ReplayedTrack("video");
  const target = new Memory();
  const { recording, clock } = record([track], "video/webm", target);
  await recording.start();
  const [key, delta] = webm.video;
  if (!key || !delta) throw new Error("empty fixture");
  track.give({ ...key, timestamp: epochUs });
  clock.us = epochUs + 100_000;
  recording.pause();
  track.give({ ...delta, timestamp: epochUs + 150_000 });
  clock.us = epochUs + 200_000;
  recording.resume();
  track.give({ ...delta, timestamp: epochUs + 220_000 });
  expect(track.keyFrameRequests).toBe(1);
  track.give({ ...key, timestamp: epochUs + 260_000 });
  await recording.stop();
  const packets = await packetsOf(target.save("gap.webm"), "v");
  expect(packets.map(({ ptsS }) => ptsS)).toEqual([0, 0.16]);
});

test("It says so when every track has ended, and is complete then", async () => {
  const tracks = [
    new ReplayedTrack("video", webm.video),
    new ReplayedTrack("audio", webm.audio),
  ] as const;
  const target = new Memory();
  const { recording, log, play } = record([...tracks], "video/webm", target);
  await recording.start();
  play(2);
  tracks[1].stop();
  await settled();
  expect(log).toEqual([]);
  play(3);
  tracks[0].unplug();
  await settled();
  expect(log).toEqual(["ended"]);
  await recording.stop();
  const file = target.save("ended.webm");
  expect((await packetsOf(file, "v")).length).toBe(90);
  expect((await packetsOf(file, "a")).length).toBe(100);
});

test("When one encoder can't be had, the others are closed and start() rejects", async () => {
  const video = new ReplayedTrack("video");
  const audio = new ReplayedTrack("audio");
  audio.refusal = new DeviceError("missing-dependency", "npm install node-av");
  const { recording } = record([video, audio], "video/webm");
  await expect(recording.start()).rejects.toThrow("npm install node-av");
  expect([video.openings, video.closings]).toEqual([1, 1]);
});

test("A failing encoder fails the recording once; what came before it is playable", async () => {
  const track = new ReplayedTrack("video", webm.video);
  const target = new Memory();
  const { recording, log, play } = record([track], "video/webm", target);
  await recording.start();
  play(1);
  track.fail(new DeviceError("failed", "it crashed"));
  track.fail(new DeviceError("failed", "it crashed again"));
  play(2);
  await recording.stop();
  expect(log).toEqual(["it crashed"]);
  expect(await packetsOf(target.save("failed.webm"), "v")).toHaveLength(30);
});

test("A target that can't be written to fails the recording", async () => {
  const track = new ReplayedTrack("video", webm.video);
  let written = 0;
  const { recording, log, play } = record([track], "video/webm", {
    write: (bytes) => {
      written += bytes.byteLength;
      if (written > 20_000) throw new Error("ENOSPC: no space left on device");
    },
  });
  await recording.start();
  for (let seconds = 0.1; seconds < 4; seconds += 0.1) {
    play(seconds);
    await settled();
  }
  expect(log).toEqual(["ENOSPC: no space left on device"]);
  await recording.stop();
});

test("One that never got a chunk ends well", async () => {
  for (const mimeType of ["video/webm", "video/mp4"]) {
    const { recording, log } = record([new ReplayedTrack("video")], mimeType);
    await recording.start();
    await recording.stop();
    expect(log).toEqual([]);
  }
});

test("An encoder that hangs doesn't keep the file from being finished", async () => {
  const track = new ReplayedTrack("video", webm.video);
  const target = new Memory();
  const { recording, clock, play } = record([track], "video/webm", target);
  await recording.start();
  play(1);
  track.hangs = true;
  const stopped = recording.stop();
  await settled();
  expect(clock.timers).toHaveLength(1);
  clock.timers[0]?.();
  await stopped;
  expect(track.closings).toBe(1);
  expect(await packetsOf(target.save("hangs.webm"), "v")).toHaveLength(30);
});

test("A track that ends before the others' first chunk is in the file", async () => {
  const tracks = [
    new ReplayedTrack("video", webm.video),
    new ReplayedTrack("audio", webm.audio),
  ] as const;
  const target = new Memory();
  const { recording, log, play } = record([...tracks], "video/webm", target);
  await recording.start();
  tracks[1].playUntil(100_000, epochUs);
  tracks[1].stop();
  await settled();
  play(3);
  await recording.stop();
  expect(log).toEqual([]);
  const file = target.save("short-sound.webm");
  expect((await packetsOf(file, "v")).length).toBe(90);
  expect((await packetsOf(file, "a")).length).toBe(5);
});

test("What encoders give late of what was captured after stop() is left out", async () => {
  const tracks = [new ReplayedTrack("video", webm.video), new ReplayedTrack("audio", webm.audio)];
  const target = new Memory();
  const { recording, clock, play } = record(tracks, "video/webm", target);
  await recording.start();
  play(1);
  clock.us = epochUs + 2_000_000;
  recording.halt();
  play(4);
  await recording.stop();
  const { durationS } = await probe(target.save("halted.webm"));
  expect(Math.abs(durationS - 2)).toBeLessThan(0.04);
});
