import { execFile, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { decodeSound } from "../support/decode.ts";
import { packetsOf, probe } from "../support/probe.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { missingCommands } from "../support/sound-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { dominantFrequency } from "../support/tone.ts";
import { XServer } from "../support/x-server.ts";

const run = promisify(execFile);
const program = (name: string): string => resolve("test/devices/programs", `${name}.mjs`);

/** Runs a program to its end; what it said in JSON. */
async function runProgram(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, [program(name), ...args], { env });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("navigator.getUserMedia() with a real PulseAudio server", () => {
  const missing = PulseServer.missing() ?? missingCommands("ffmpeg", "ffprobe");
  let server: PulseServer;
  const environment = (): NodeJS.ProcessEnv => ({
    ...server.env,
    USERMEDIA_BACKENDS: "pulse",
    USERMEDIA_PERMISSIONS: "microphone=granted",
    USERMEDIA_CONFIG_DIR: server.env["HOME"],
  });

  beforeAll(async () => {
    if (missing === undefined) server = await new PulseServer().start();
  });
  afterAll(() => server?.close());
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });

  // A machine that is too busy to run the sound server's own thread in time loses samples there.
  it("records its 440 Hz: as high, as long, and without a gap", { retry: 2 }, async () => {
    const file = join(temporaryFolder(), "tone.webm");
    const said = await runProgram("record-microphone", [file, "10"], environment());
    expect(said["label"]).toBe("Test Microphone");
    const { durationS, streams } = await probe(file);
    expect(streams).toMatchObject([{ codec_type: "audio", codec_name: "opus" }]);
    // As long as the time it was recorded for, and as much sound as the file says.
    expect(Math.abs(durationS / (said["elapsedS"] as number) - 1)).toBeLessThan(0.01);

    const samples = await decodeSound(file);
    expect(Math.abs(samples.length / 48_000 / durationS - 1)).toBeLessThan(0.01);
    // Its first moments are the codec's run-up.
    const tone = samples.slice(4_800, -4_800);
    expect(Math.abs(dominantFrequency(tone, 48_000) - 440)).toBeLessThan(2);
    expect(quietBlocks(tone)).toEqual([]);
    const packets = await packetsOf(file, "a");
    const gaps = packets
      .slice(1)
      .map(({ ptsS }, index) => ptsS - (packets[index]?.ptsS ?? 0) - 0.02)
      .filter((gapS) => gapS > 0.002);
    expect(gaps).toEqual([]);
  });

  it("fires mute and unmute when the microphone is muted in the mixer", async () => {
    const child = fork(program("watch-microphone"), { env: environment() });
    onTestFinished(() => void child.kill("SIGKILL"));
    const said = async () => ((await once(child, "message")) as unknown[])[0];
    expect(await said()).toEqual({ what: "capturing", muted: false, readyState: "live" });
    const muted = said();
    server.pactl("set-source-mute", "mic", "1");
    expect(await muted).toEqual({ what: "mute", muted: true, readyState: "live" });
    const unmuted = said();
    server.pactl("set-source-mute", "mic", "0");
    expect(await unmuted).toEqual({ what: "unmute", muted: false, readyState: "live" });
    const ended = once(child, "exit");
    child.send("end");
    expect(await ended).toEqual([0, null]);
  });
});

describe("navigator.mediaDevices.getDisplayMedia() with a real X server", () => {
  const missing = missingCommands("Xvfb", "xsetroot");
  let server: XServer;
  beforeAll(async () => {
    if (missing === undefined) server = await XServer.start("640x480");
  });
  afterAll(() => server?.stop());
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });

  it("gives the pixels that are on the screen", async () => {
    const folder = temporaryFolder();
    // Stripes of 4 px in two colours, tiled over the root window.
    const bitmap = join(folder, "half.xbm");
    const rows = Array.from({ length: 8 }, () => "0x0f").join(",");
    const size = "#define half_width 8\n#define half_height 8\n";
    writeFileSync(bitmap, `${size}static char half_bits[] = {\n${rows}};\n`);
    const colours = ["-fg", "#c08040", "-bg", "#102030"];
    execFileSync("xsetroot", ["-bitmap", bitmap, ...colours], { env: server.env });

    const file = join(folder, "pixels");
    const said = await runProgram("grab-screen", [file], {
      ...server.env,
      USERMEDIA_BACKENDS: "x11",
      USERMEDIA_PERMISSIONS: "display-capture=granted",
      USERMEDIA_CONFIG_DIR: folder,
    });
    expect(said).toEqual({ width: 640, height: 480, displaySurface: "monitor" });
    const pixels = readFileSync(file);
    const wrong: string[] = [];
    for (let at = 0; at < 640 * 480; at += 1) {
      const [x, y] = [at % 640, Math.floor(at / 640)];
      // The pointer is in the middle, and part of the picture.
      if (Math.hypot(x - 320, y - 240) < 24) continue;
      const expected = x % 8 < 4 ? [0xc0, 0x80, 0x40] : [0x10, 0x20, 0x30];
      if (expected.some((value, index) => pixels[at * 4 + index] !== value))
        wrong.push(`${x},${y}`);
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

describe("navigator.mediaDevices.getDisplayMedia() with a real X server and sound server", () => {
  const missing = PulseServer.missing() ?? missingCommands("Xvfb");
  let screen: XServer;
  let sound: PulseServer;
  beforeAll(async () => {
    if (missing !== undefined) return;
    screen = await XServer.start("640x480");
    sound = await new PulseServer().start();
  });
  afterAll(async () => {
    await sound?.close();
    await screen?.stop();
  });
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });

  it("gives what the machine plays beside its screen", async () => {
    const file = join(temporaryFolder(), "samples");
    const said = await runProgram("record-screen-sound", [file], {
      ...screen.env,
      ...sound.env,
      DISPLAY: screen.env["DISPLAY"],
      USERMEDIA_BACKENDS: "x11,pulse",
      USERMEDIA_PERMISSIONS: "display-capture=granted",
      USERMEDIA_CONFIG_DIR: sound.env["HOME"],
    });
    expect(said).toMatchObject({ kinds: ["audio", "video"] });
    expect(said["label"]).toMatch(/^Monitor of /);
    const { buffer, byteLength, byteOffset } = readFileSync(file);
    const samples = new Float32Array(buffer, byteOffset, byteLength / 4);
    expect(Math.abs(dominantFrequency(samples.subarray(4_800), 48_000) - 440)).toBeLessThan(4);
  });
});

/** The blocks of 10 ms, by their numbers, in which a tone is much weaker than in the others. */
function quietBlocks(tone: Float32Array): number[] {
  const levels: number[] = [];
  for (let start = 0; start + 480 <= tone.length; start += 480) {
    const block = tone.subarray(start, start + 480);
    levels.push(block.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
  }
  const usual = levels.toSorted((one, other) => one - other)[levels.length >> 1] ?? 0;
  return levels.flatMap((level, index) => (level < usual * 0.7 ? [index] : []));
}
