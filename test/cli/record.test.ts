import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { headerDuration } from "../support/header-duration.ts";
import { printedJson } from "../support/printed-json.ts";
import { probe } from "../support/probe.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { COMMAND, runCommand, RunningCommand } from "../support/run-command.ts";
import { missingCommands } from "../support/sound-server.ts";

const SYNTHETIC = ["--video", "synthetic", "--audio", "synthetic"];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "usermedia-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Without devices, and without a person to ask. */
const nothing = { USERMEDIA_BACKENDS: undefined, PULSE_SERVER: "/nonexistent", DISPLAY: undefined };
const run = (...args: string[]) => runCommand(args, folder, nothing);

/** Resolves once the file has grown to `bytes`. */
async function untilWritten(file: string, bytes: number): Promise<void> {
  const path = join(folder, file);
  if (existsSync(path) && statSync(path).size >= bytes) return;
  for await (const { filename } of watch(folder)) {
    if (filename === file && statSync(path).size >= bytes) return;
  }
}

test("A recording has the length asked for, and the summary says what it is", async () => {
  const { code, err, out } = await run(
    "record",
    ...SYNTHETIC,
    "--duration",
    "2s",
    "--json",
    "a.webm",
  );
  expect(err).toContain("Recording");
  expect(code).toBe(0);
  const { durationS, streams } = await probe(join(folder, "a.webm"));
  expect(streams.map(({ codec_type }) => codec_type).toSorted()).toEqual(["audio", "video"]);
  expect(durationS).toBeGreaterThan(1.8);
  expect(durationS).toBeLessThan(2.5);
  // Its header says so without being read to the end.
  expect(Math.abs((await headerDuration(join(folder, "a.webm"))) - durationS)).toBeLessThan(0.05);
  const summary = printedJson("record", out);
  expect(summary).toMatchObject({
    file: "a.webm",
    bytes: statSync(join(folder, "a.webm")).size,
    endedBy: "duration",
    devices: [{ kind: "audio" }, { kind: "video", label: "Synthetic camera (front)" }],
  });
});

test.each([
  ["b.mp4", ["--no-audio", "--video", "synthetic,320x240@15"], "mov", [320, 240]],
  ["c.wav", ["--audio", "synthetic"], "wav", undefined],
  ["d.mkv", ["--no-audio", "--video", "synthetic"], "matroska", [640, 480]],
])("The name %s says the format", async (file, options, format, size) => {
  const { code, err } = await run("record", ...options, "--duration", "1s", file);
  expect([code, err]).toEqual([0, expect.stringContaining("Recording")]);
  const { formatName, streams } = await probe(join(folder, file));
  expect(formatName).toContain(format);
  expect(streams).toHaveLength(1);
  expect([streams[0]?.width, streams[0]?.height]).toEqual(size ?? [undefined, undefined]);
});

test("A media file plays as the devices, and the recording ends with it", async (context) => {
  const reason = missingCommands("ffmpeg");
  if (reason !== undefined) context.skip(reason);
  await run("record", ...SYNTHETIC, "--duration", "4s", "source.webm");
  const options = ["--video", "source.webm", "--audio", "source.webm", "--json"];
  const { code, out } = await run("record", ...options, "copy.webm");
  expect(code).toBe(0);
  expect(printedJson("record", out)).toMatchObject({ endedBy: "end of the devices" });
  // What plays before the encoders are open isn't recorded: a file is live, as a camera is.
  expect((await probe(join(folder, "copy.webm"))).durationS).toBeGreaterThan(1);
});

test("The first Ctrl-C finishes the file properly", async () => {
  const command = new RunningCommand(["record", ...SYNTHETIC, "--json", "e.webm"], folder, nothing);
  await untilWritten("e.webm", 100_000);
  command.child.kill("SIGINT");
  const { code, out } = await command.ended;
  expect(code).toBe(0);
  expect(printedJson("record", out)).toMatchObject({ endedBy: "interruption" });
  const { durationS } = await probe(join(folder, "e.webm"));
  expect(durationS).toBeGreaterThan(0.3);
  expect(Math.abs((await headerDuration(join(folder, "e.webm"))) - durationS)).toBeLessThan(0.05);
});

test("A disk that fills up is an error, and exit code 1", async () => {
  symlinkSync("/dev/full", join(folder, "full.webm"));
  const { code, err } = await run("record", ...SYNTHETIC, "--duration", "30s", "full.webm");
  expect(err).toContain("full.webm can't be written: the disk is full");
  expect(code).toBe(1);
});

test("A file that can't be written fails before a device opens", async () => {
  const { code, err } = await run("record", "nowhere/out.webm");
  expect(err).toBe("usermedia: nowhere/out.webm can't be written: there is no such folder\n");
  expect(code).toBe(1);
});

test("Without devices there is no recording, no file, and exit code 4", async () => {
  const { code, err } = await run("record", "none.webm");
  expect(err).toContain(
    "No camera and no microphone found. No sound server answers at /nonexistent",
  );
  expect(code).toBe(4);
  expect(existsSync(join(folder, "none.webm"))).toBe(false);
});

test("A list without devices says what kept them out of it", async () => {
  const { code, out } = await run("devices");
  expect(out).toMatch(/^No devices found\. No sound server answers .*DISPLAY isn't set/);
  expect(code).toBe(0);
});

test("Without devices --fallback records the synthetic ones and says so", async () => {
  const { code, err } = await run("record", "--fallback", "--duration", "1s", "fallback.webm");
  expect(err).toContain("No camera found: the synthetic one is recorded");
  expect(err).toMatch(
    /No microphone found: the synthetic one is recorded\. No sound server answers/,
  );
  expect(code).toBe(0);
});

test("An old file stays as it is when no device can be had", async () => {
  writeFileSync(join(folder, "old.webm"), "precious");
  await run("record", "--video", "no such camera", "old.webm");
  expect(readFileSync(join(folder, "old.webm"), "utf8")).toBe("precious");
});

test.each([
  ["an unknown option", ["record", "--frobnicate", "x.webm"]],
  ["an unknown ending", ["record", "x.avi"]],
  ["no file", ["record"]],
  ["a duration that is none", ["record", "--duration", "soon", "x.webm"]],
  ["constraints that aren't JSON", ["record", "--video", "{width:1}", "x.webm"]],
  ["a file that isn't there", ["record", "--video", "./nothing.mp4", "x.webm"]],
  ["an unknown command", ["capture"]],
  ["a picture of another kind", ["snapshot", "x.gif"]],
  ["a permission that is none", ["permission", "grant", "kitchen"]],
  ["an unknown action", ["permission", "steal"]],
])("With %s there is one clear line and exit code 2", async (_name, args) => {
  const { code, err, out } = await run(...args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(/^usermedia: [^\n]+\n$/);
  expect(existsSync(join(folder, "x.webm"))).toBe(false);
});

test("A camera that can't do what is asked is exit code 4, and says what it can do", async () => {
  const { code, err } = await run(
    "record",
    "--video",
    "synthetic,9000x9000",
    "--no-audio",
    "big.webm",
  );
  expect(err).toMatch(/9000/);
  expect(code).toBe(4);
});

test("Without leave to use a microphone the exit code is 3, and the line says how to get it", async (context) => {
  const reason = PulseServer.missing();
  if (reason !== undefined) context.skip(reason);
  const server = await new PulseServer().start();
  const env = { ...nothing, ...server.env, PULSE_SERVER: undefined };
  const denied = await runCommand(["record", "voice.wav"], folder, env);
  expect(denied.err).toContain("permission");
  expect(denied.code).toBe(3);
  const allowed = { ...env, USERMEDIA_PERMISSIONS: "microphone=granted" };
  const granted = await runCommand(["record", "--duration", "1s", "voice.wav"], folder, allowed);
  expect([granted.code, granted.err]).toEqual([0, expect.stringContaining("Test Microphone")]);
  await server.close();
});

test("A file that exists is kept, unless --force says otherwise; an empty one has nothing to lose", async () => {
  const words = ["--video", "synthetic", "--format", "png"];
  const content = () => readFileSync(join(folder, "kept.png"), "latin1");
  writeFileSync(join(folder, "kept.png"), "precious");
  const kept = await run("snapshot", ...words, "kept.png");
  expect(kept.err).toBe("usermedia: kept.png exists, and is kept as it was; --force replaces it\n");
  const clobbered = await run(
    "record",
    ...SYNTHETIC,
    "--no-clobber",
    "--format",
    "webm",
    "kept.png",
  );
  expect(clobbered.err).toBe("usermedia: kept.png exists, and is kept as it was\n");
  expect([kept.code, clobbered.code, content()]).toEqual([1, 1, "precious"]);
  expect((await run("snapshot", ...words, "--force", "kept.png")).code).toBe(0);
  expect(content()).toContain("PNG");
  writeFileSync(join(folder, "empty.png"), "");
  expect((await run("snapshot", ...words, "empty.png")).code).toBe(0);
});

test("- is the standard output: a recording there can be read along, and its summary is beside it", async () => {
  const words = ["record", ...SYNTHETIC, "--duration", "2s", "--format", "mkv", "-"];
  const child = spawn(process.execPath, [COMMAND, ...words], {
    cwd: folder,
    env: { ...process.env, ...nothing },
    stdio: ["ignore", openSync(join(folder, "piped.mkv"), "w"), "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  expect((await once(child, "close"))[0]).toBe(0);
  expect(said).toMatch(/into the standard output\n00:0\d\.\d, [\d.]+ [kM]B\n$/);
  const { durationS, streams } = await probe(join(folder, "piped.mkv"));
  expect(streams).toHaveLength(2);
  expect(durationS).toBeGreaterThan(1.5);
});

test("A reader that goes away ends a recording with a sentence and exit code 1", () => {
  const words = ["record", ...SYNTHETIC, "--duration", "60s", "--format", "webm", "-"];
  const command = `set -o pipefail; "$0" "$@" | head -c 1000 > /dev/null`;
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", command, process.execPath, COMMAND, ...words],
    {
      cwd: folder,
      env: { ...process.env, ...nothing },
      encoding: "utf8",
    },
  );
  expect(stderr).toContain(
    "the standard output can't be written: the program that read it has ended",
  );
  expect(status).toBe(1);
});

test("Without a format the standard output is refused", async () => {
  const { code, err } = await run("record", ...SYNTHETIC, "-");
  expect([code, err]).toEqual([2, expect.stringContaining("--format webm")]);
});
