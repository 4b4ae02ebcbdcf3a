import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { packedPackage } from "../support/packed-package.ts";
import { noWineBecause, Windows } from "./wine.ts";

/**
 * Node.js for Windows runs the package under Wine: FFmpeg's dshow and node-av's listing are the real
 * ones, the devices are of our own. Windows itself may still differ.
 */
const pack = packedPackage();
let reason = noWineBecause();
let folder = "";
let windows: Windows;

beforeAll(async () => {
  if (reason !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), "usermedia-windows-"));
  try {
    windows = await Windows.start(folder, pack.tarball);
  } catch (error) {
    if (!/ETARGET|E404|ENOTFOUND|ECONN|ENETUNREACH|EAI_AGAIN/.test(String(error))) throw error;
    reason = "no Node.js for Windows from the registry";
  }
});
afterAll(async () => {
  if (folder === "") return;
  await windows?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
beforeEach((context) => {
  if (reason !== undefined) context.skip(reason);
});

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
}

async function devices(): Promise<readonly Listed[]> {
  const { code, err, out } = await windows.usermedia("devices", "--json");
  expect([code, err]).toEqual([0, expect.any(String)]);
  return JSON.parse(out) as readonly Listed[];
}

/** The mean colour of the upper left of a picture or recording. */
function leftColour(file: string): readonly number[] {
  const filter = "crop=iw/4:ih/2:iw/8:ih/4,scale=1:1";
  const args = ["-v", "error", "-i", join(windows.app, file), "-vf", filter, "-frames:v", "1"];
  return [...execFileSync("ffmpeg", [...args, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"])];
}

function streams(file: string): readonly Record<string, string>[] {
  const args = ["-v", "error", "-count_packets", "-show_streams", "-of", "json"];
  const text = execFileSync("ffprobe", [...args, join(windows.app, file)], { encoding: "utf8" });
  return (JSON.parse(text) as { streams: Record<string, string>[] }).streams;
}

test("devices have the names that Windows shows, and ids of their own", async () => {
  const listed = await devices();
  const cameras = listed.filter(({ kind }) => kind === "videoinput");
  expect(cameras.map(({ label }) => label)).toEqual(["USB Video Device", "USB Video Device"]);
  expect(new Set(cameras.map(({ id }) => id)).size).toBe(2);
  const microphones = listed.filter(({ kind }) => kind === "audioinput");
  expect(microphones.map(({ label }) => label)).toContain("Microphone (USB Audio Device)");
});

test("a camera records at the 30 frames a second that it lists", async () => {
  const args = ["--no-audio", "--video", "640x480", "--duration", "2s"];
  const { code, err } = await windows.usermedia("record", ...args, "camera.webm");
  expect([code, err]).toEqual([0, expect.not.stringContaining("Error")]);
  const [video] = streams("camera.webm");
  expect(video).toMatchObject({ width: 640, height: 480 });
  expect(Number(video?.["nb_read_packets"])).toBeGreaterThan(30);
  const [red = 0, green = 0, blue = 0] = leftColour("camera.webm");
  expect([red > 180, green < 80, blue < 80]).toEqual([true, true, true]);
});

test("the second camera of one model is the second", async () => {
  const second = (await devices()).filter(({ kind }) => kind === "videoinput")[1];
  const args = ["--video", `${second?.id},320x240`, "second.png"];
  expect((await windows.usermedia("snapshot", ...args)).code).toBe(0);
  const [red = 0, , blue = 0] = leftColour("second.png");
  expect([red < 80, blue > 180]).toEqual([true, true]);
});

test("a microphone records at 48 kHz what it hears", async () => {
  const args = ["--no-video", "--audio", "USB Audio", "--duration", "2s"];
  const { code, err } = await windows.usermedia("record", ...args, "voice.wav");
  expect([code, err]).toEqual([0, expect.any(String)]);
  expect(streams("voice.wav")).toMatchObject([{ sample_rate: "48000", channels: 2 }]);
  // A busy machine may lose a buffer of 50 ms; another rate, or a buffer lost again and again, shows.
  const hertz = crossings("voice.wav") / 2 / 2;
  expect(hertz).toBeGreaterThan(400);
  expect(hertz).toBeLessThan(445);
});

/** How often the sound of a file changes its sign. */
function crossings(file: string): number {
  const args = ["-v", "error", "-i", join(windows.app, file), "-af", "pan=mono|c0=c0"];
  const bytes = execFileSync("ffmpeg", [...args, "-f", "s16le", "-"], { maxBuffer: 1e8 });
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  return samples.filter((sample, at) => at > 0 && sample < 0 !== (samples[at - 1] ?? 0) < 0).length;
}

test("a camera that gives nothing is an error, and no black picture", async () => {
  await windows.whileStill(async () => {
    const { code, err } = await windows.usermedia("snapshot", "still.png");
    expect([code, err]).toEqual([1, expect.stringContaining("gives no picture")]);
  });
});

test("synthetic devices record, and the recording is a camera", async () => {
  const args = ["--video", "synthetic,320x240", "--audio", "synthetic", "--duration", "1s"];
  expect((await windows.usermedia("record", ...args, "synthetic.webm")).code).toBe(0);
  const names = streams("synthetic.webm").map((stream) => stream["codec_name"]);
  expect(names.toSorted()).toEqual(["opus", "vp8"]);
  const taken = await windows.usermedia("snapshot", "--video", "synthetic.webm", "file.png");
  expect([taken.code, taken.out]).toEqual([0, "file.png: 320x240\n"]);
});

test("what is wrong with a path is said in words", async () => {
  const missing = await windows.usermedia(
    "snapshot",
    "--video",
    String.raw`C:\missing.mp4`,
    "a.png",
  );
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("no such file")]);
  mkdirSync(join(windows.app, "folder.png"));
  const directory = await windows.usermedia("snapshot", "folder.png");
  expect([directory.code, directory.err]).toEqual([1, expect.stringContaining("it is a folder")]);
});

test("a grant holds whatever the case of the drive letter, and writers keep out of each other's way", async () => {
  writeFileSync(
    join(windows.app, "state.mjs"),
    `import { navigator } from "node-usermedia";
     console.log((await navigator.permissions.query({ name: "camera" })).state);`,
  );
  const { err, out } = await windows.evaluate(
    `import { grantPermissions, listPermissions } from "node-usermedia/permissions";
     import { realpathSync, writeFileSync } from "node:fs";
     const names = Array.from({ length: 10 }, (_, index) => \`writer-\${index}.mjs\`);
     for (const name of names) writeFileSync(name, "");
     await Promise.all(names.map((application) => grantPermissions(["camera"], { application })));
     await grantPermissions(["camera"], { application: "state.mjs" });
     console.log(listPermissions().length, realpathSync.native("state.mjs"));`,
  );
  expect(err).toBe("");
  const [count, path = ""] = out.trim().split(/ (.*)/);
  expect(count).toBe("11");
  for (const letter of [path.charAt(0).toLowerCase(), path.charAt(0).toUpperCase()]) {
    const asked = await windows.node([letter + path.slice(1)], { USERMEDIA_PERMISSIONS: "" });
    expect(asked.out.trim()).toBe("granted");
  }
});
