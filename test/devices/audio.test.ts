import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { createPulseBackend } from "../../src/backends/pulse/index.ts";
import { MediaStream, MediaStreamTrackGenerator, PcmSource, AudioData } from "../../src/index.ts";
import type { Audio } from "../../src/index.ts";
import { VirtualPermission } from "../../src/testing/virtual-permission.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import type { MediaCapture } from "../../src/world/create-media-capture.ts";
import { findSamples, type Hearing, noise } from "../support/hearing.ts";
import { PipeWireServer } from "../support/pipewire-server.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { wavFile } from "../support/wav-file.ts";

const run = promisify(execFile);

/** Samples of one value, which PipeWire may round. */
const level = (value: number) => (sample: number) => Math.abs(sample - value) <= 1;
const constant = (value: number, seconds: number, rate = 48_000) =>
  new Int16Array(seconds * rate).fill(value);

const once = (audio: Audio, type: string): Promise<Event> =>
  new Promise((resolve) => audio.addEventListener(type, resolve as () => void, { once: true }));

describe.each([
  ["PulseAudio", PulseServer, 0],
  ["PipeWire", PipeWireServer, 1],
])("Sound that is played on a real %s", (_name, Server, tolerance) => {
  let server: PulseServer | PipeWireServer;
  let capture: MediaCapture;
  const opened: Audio[] = [];
  const hearings: Hearing[] = [];
  const reason = Server.missing();

  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  beforeAll(async () => {
    if (reason !== undefined) return;
    server = await new Server().start();
    server.endTone();
    server.addOutput("speakers", "Speakers");
    server.addOutput("headset", "Headset");
    server.pactl("set-default-sink", "speakers");
    const backends = [createPulseBackend({ env: server.env })];
    capture = createMediaCapture({ backends, permission: new VirtualPermission() });
  });
  afterEach(() => {
    for (const audio of opened.splice(0)) audio.pause();
    for (const hearing of hearings.splice(0)) hearing.stop();
  });
  afterAll(async () => {
    await capture?.close();
    await server?.close();
  });

  const newAudio = (src?: string): Audio => {
    const audio = capture.createAudio(src);
    opened.push(audio);
    return audio;
  };
  const hear = async (output: string): Promise<Hearing> => {
    const hearing = await server.hear(output);
    hearings.push(hearing);
    return hearing;
  };
  const outputId = async (label: string): Promise<string> => {
    const devices = await capture.mediaDevices.enumerateDevices();
    const output = devices.find((each) => each.kind === "audiooutput" && each.label === label);
    return output?.deviceId ?? "none";
  };

  it("is a file's, sample by sample, from its start to its end", async () => {
    const hearing = await hear("speakers");
    const sent = noise(36_000, 3);
    const audio = newAudio(wavFile(sent));
    const loaded = once(audio, "canplaythrough");
    const ended = once(audio, "ended");
    await loaded;
    expect(audio.duration).toBeCloseTo(0.75, 2);
    await audio.play();
    expect(audio.paused).toBe(false);
    await ended;
    expect(audio).toMatchObject({ ended: true, paused: true });
    expect(audio.currentTime).toBeCloseTo(0.75, 2);
    await hearing.until(
      () => hearing.samples.length - findSamples(hearing.samples, sent, tolerance) >= 36_000,
    );
    const at = findSamples(hearing.samples, sent, tolerance);
    expect(at).toBeGreaterThanOrEqual(0);
    const heard = hearing.samples.subarray(at, at + sent.length);
    const wrong = heard.filter((value, index) => Math.abs(value - (sent[index] ?? 0)) > tolerance);
    expect(wrong.length).toBe(0);
  });

  it("stands still and goes on, quieter and louder, where it is told to", async () => {
    const hearing = await hear("speakers");
    const audio = newAudio(wavFile(constant(8000, 4)));
    audio.volume = 0.25;
    await audio.play();
    await hearing.until(() => hearing.samples.some(level(2000)));
    audio.pause();
    await hearing.next(400);
    expect(hearing.samples.slice(-4800).every((value) => value === 0)).toBe(true);
    audio.currentTime = 2;
    expect(audio.currentTime).toBe(2);
    audio.volume = 1;
    await audio.play();
    await hearing.until(() => hearing.samples.some(level(8000)));
    expect(() => (audio.volume = 2)).toThrow(expect.objectContaining({ name: "IndexSizeError" }));
  });

  it("is heard on the chosen output alone, and ends with an error when that goes away", async () => {
    const unplug = server.addOutput("dock", "Dock");
    await expect.poll(() => outputId("Dock")).not.toBe("none");
    const [dock, speakers] = [await hear("dock"), await hear("speakers")];
    const audio = newAudio();
    await audio.setSinkId(await outputId("Dock"));
    expect(audio.sinkId).toBe(await outputId("Dock"));
    const speech = new PcmSource({ sampleRate: 48_000 });
    audio.srcObject = new MediaStream([speech.track]);
    await audio.play();
    speech.write(constant(5000, 3));
    await dock.until(() => dock.samples.some(level(5000)));
    const failed = once(audio, "error");
    unplug();
    await failed;
    expect(audio.error?.message).toContain("Dock has gone");
    expect(audio.paused).toBe(true);
    await speakers.next(300);
    expect(speakers.samples.every((value) => value === 0)).toBe(true);
    speech.end();
    await expect(audio.setSinkId("nowhere")).rejects.toMatchObject({ name: "NotFoundError" });
  });

  it("is that of a track as it comes: a generator's", async () => {
    const hearing = await hear("speakers");
    const generator = new MediaStreamTrackGenerator({ kind: "audio" });
    const audio = newAudio();
    audio.srcObject = new MediaStream([generator]);
    await audio.play();
    const writer = generator.writable.getWriter();
    for (let piece = 0; piece < 20; piece += 1) {
      await writer.write(
        new AudioData({
          format: "f32-planar",
          sampleRate: 48_000,
          numberOfChannels: 1,
          numberOfFrames: 960,
          timestamp: piece * 20_000,
          data: new Float32Array(960).fill(0.125),
        }),
      );
      await hearing.next(20);
    }
    await hearing.until(() => hearing.samples.filter(level(4096)).length >= 9600);
    const ended = once(audio, "ended");
    await writer.close();
    await ended;
    expect(audio.ended).toBe(true);
  });

  it("of a PcmSource is played at its pace, and what was played is told", async () => {
    const hearing = await hear("speakers");
    const speech = new PcmSource({ sampleRate: 48_000 });
    const audio = newAudio();
    audio.srcObject = new MediaStream([speech.track]);
    await audio.play();
    const sent = noise(24_000, 9);
    // In odd pieces, one of which ends inside a sample.
    const bytes = Buffer.from(sent.buffer);
    speech.write(bytes.subarray(0, 12_345));
    speech.write(bytes.subarray(12_345));
    expect(speech.waiting).toBeCloseTo(0.5, 3);
    await speech.drained();
    expect([speech.waiting, speech.played]).toEqual([0, 0.5]);
    await hearing.until(
      () => hearing.samples.length - findSamples(hearing.samples, sent, tolerance) >= 24_000,
    );
    const at = findSamples(hearing.samples, sent, tolerance);
    expect(at).toBeGreaterThanOrEqual(0);
    const heard = hearing.samples.subarray(at, at + sent.length);
    expect(heard.filter((value, n) => Math.abs(value - (sent[n] ?? 0)) > tolerance).length).toBe(0);
    const ended = new Promise((resolve) => (speech.track.onended = resolve));
    speech.end();
    await ended;
    expect(speech.track.readyState).toBe("ended");
  });

  it("of a PcmSource is silent at once when it is cleared, and the next is heard at once", async () => {
    const hearing = await hear("speakers");
    const speech = new PcmSource({ sampleRate: 24_000 });
    const audio = newAudio();
    audio.srcObject = new MediaStream([speech.track]);
    await audio.play();
    speech.write(constant(6000, 5, 24_000));
    await hearing.until(() => hearing.samples.some(level(6000)));
    await hearing.next(200);
    const clearedAt = performance.now();
    const dropped = speech.clear();
    speech.write(constant(-3000, 0.2, 24_000));
    expect(speech.played + dropped).toBeCloseTo(5, 1);
    await hearing.until(() => hearing.samples.filter(level(-3000)).length > 9000);
    const { samples } = hearing;
    const lastOld = samples.findLastIndex((value) => value > 3000);
    const firstNew = samples.findIndex(level(-3000));
    expect(firstNew).toBeGreaterThan(lastOld);
    // The time of the recorder's own blocks is in it: 10 ms, and more on a busy machine.
    expect(hearing.heardAt(firstNew) - clearedAt).toBeLessThan(150);
    speech.end();
  });

  it("of a PcmSource has no gap while the program is busy for 250 ms", async () => {
    const hearing = await hear("speakers");
    const speech = new PcmSource({ sampleRate: 48_000 });
    const audio = newAudio();
    audio.srcObject = new MediaStream([speech.track]);
    await audio.play();
    speech.write(constant(7000, 1.5));
    await hearing.until(() => hearing.samples.some(level(7000)));
    await hearing.next(100);
    const until = performance.now() + 250;
    while (performance.now() < until);
    await speech.drained();
    await hearing.next(200);
    const { samples } = hearing;
    const first = samples.findIndex(level(7000));
    const last = samples.findLastIndex(level(7000));
    expect(last - first + 1).toBe(72_000);
    expect(samples.subarray(first, last + 1).every(level(7000))).toBe(true);
    speech.end();
  });

  it("of several is mixed, and a track that is disabled is silent", async () => {
    const hearing = await hear("speakers");
    const sources = [1000, 200].map((value) => {
      const speech = new PcmSource({ sampleRate: 48_000 });
      speech.write(constant(value, 4));
      return speech;
    });
    const audio = newAudio();
    audio.srcObject = new MediaStream(sources.map(({ track }) => track));
    await audio.play();
    await hearing.until(() => hearing.samples.some(level(1200)));
    const [loud] = sources;
    if (loud) loud.track.enabled = false;
    await hearing.next(300);
    expect(hearing.samples.slice(-4800).every(level(200))).toBe(true);
    audio.muted = true;
    await hearing.next(300);
    expect(hearing.samples.slice(-4800).every(level(0))).toBe(true);
    for (const speech of sources) speech.end();
  });

  it("lets the program end when all of it was heard", async () => {
    const file = wavFile(constant(900, 0.3));
    const program = `
      import { Audio } from "node-usermedia";
      const audio = new Audio(${JSON.stringify(file)});
      audio.onended = () => console.log("ended", audio.currentTime.toFixed(1));
      await audio.play();`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], {
      env: { ...server.env, USERMEDIA_CONFIG_DIR: temporaryFolder() },
    });
    expect(stdout).toBe("ended 0.3\n");
  });

  it("says what can't be played, and what to do", async () => {
    const audio = newAudio("https://example.com/a.mp3");
    audio.addEventListener("error", () => undefined);
    await expect(audio.play()).rejects.toMatchObject({ name: "NotSupportedError" });
    expect(audio.error?.code).toBe(4);
    const missing = newAudio(join(temporaryFolder(), "missing.wav"));
    missing.addEventListener("error", () => undefined);
    await expect(missing.play()).rejects.toMatchObject({ name: "NotSupportedError" });
  });
});
