import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { DeviceSession } from "../../src/backends/contract.ts";
import { createPulseBackend } from "../../src/backends/pulse/index.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { firstChannel } from "../support/first-channel.ts";
import { PipeWireServer } from "../support/pipewire-server.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { missingCommands } from "../support/sound-server.ts";
import { levelDb, makeSpeech, QUIET_S, SPEECH_RATE, writeSpeech } from "../support/speech.ts";

/** The canceller has this long to learn the way from the speakers to the microphone. */
const CONVERGENCE_S = 5;

/** Everything that a session hears from now on. */
function listen(session: DeviceSession): Float32Array[] {
  const heard: Float32Array[] = [];
  session.wantFrames(true);
  session.start({
    frame: (frame) => void heard.push(firstChannel(frame)),
    muted: () => undefined,
    ended: () => undefined,
  });
  return heard;
}

function withEcho({ configuration }: DeviceSession, echoCancellation: boolean) {
  if (configuration.kind !== "audio") throw new Error("It isn't a microphone.");
  return { ...configuration, echoCancellation };
}

describe.each([
  ["PulseAudio", PulseServer],
  ["PipeWire", PipeWireServer],
])("With a real %s and a microphone that hears its speakers", (_name, Server) => {
  let server: PulseServer | PipeWireServer;
  let speech: string;
  const folder = mkdtempSync(join(tmpdir(), "usermedia-test-"));
  const reason = Server.missing() ?? missingCommands("paplay", "espeak-ng", "ffmpeg");

  beforeAll(async () => {
    if (reason !== undefined) return;
    const quiet = QUIET_S * SPEECH_RATE;
    speech = writeSpeech(folder, "far.wav", makeSpeech(folder).subarray(quiet, -quiet));
    server = await new Server().start();
    server.addEchoingMicrophone("talk");
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterEach(() => {
    if (openFrameCount() !== 0) throw new Error("A frame was left open.");
  });

  const open = async (echoCancellation: boolean): Promise<DeviceSession> => {
    const backend = createPulseBackend({ env: server.env });
    const devices = await backend.listDevices();
    const microphone = devices.find(({ hardwareId }) => hardwareId === "talk");
    if (microphone?.kind !== "audioinput") throw new Error("There is no microphone.");
    const [mode] = microphone.modes;
    if (mode === undefined) throw new Error("It has no mode.");
    expect(mode.echoCancellation).toEqual([false, true]);
    return await backend.open("talk", { kind: "audio", mode, echoCancellation });
  };
  const modules = (): string => server.pactl("list", "short", "modules");

  test("what is played is 20 dB quieter in what it hears", async () => {
    const before = modules();
    const [plain, cancelled] = [await open(false), await open(true)];
    expect(cancelled.configuration).toMatchObject({ echoCancellation: true });
    const [withEcho, without] = [listen(plain), listen(cancelled)];
    const player = spawn("paplay", ["--device=speaker", speech], { env: server.env });
    await once(player, "exit");
    await Promise.all([plain.close(), cancelled.close()]);
    const [echo, rest] = [withEcho, without].map((blocks) => {
      const samples = Float32Array.from(blocks.flatMap((block) => [...block]));
      const rate = samples.length === 0 ? 0 : CONVERGENCE_S * 44_100;
      return levelDb(samples.subarray(rate));
    });
    expect(echo).toBeGreaterThan(-40);
    expect((echo ?? 0) - (rest ?? 0)).toBeGreaterThanOrEqual(20);
    expect(modules()).toBe(before);
  });

  test("it is switched on and off while the microphone runs", async () => {
    const session = await open(false);
    const heard = listen(session);
    const before = modules();
    await session.reconfigure(withEcho(session, true));
    expect(session.configuration).toMatchObject({ echoCancellation: true });
    expect(modules()).toContain("usermedia-echo-");
    const count = heard.length;
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(count + 5);
    await session.reconfigure(withEcho(session, false));
    expect(modules()).toBe(before);
    await session.close();
  });

  test("a program that is killed leaves nothing in the server, and its devices aren't listed", async () => {
    const program = `
      import { createPulseBackend } from "./dist/backends/pulse/index.js";
      const backend = createPulseBackend();
      const [{ modes: [mode] }] = (await backend.listDevices()).filter(
        ({ hardwareId }) => hardwareId === "talk",
      );
      await backend.open("talk", { kind: "audio", mode, echoCancellation: true });
      const names = (await backend.listDevices()).map(({ hardwareId }) => hardwareId);
      console.log(JSON.stringify(names));
    `;
    const before = modules();
    const args = ["--input-type=module", "--eval", program];
    const child = spawn(process.execPath, args, { env: server.env });
    const [names] = await once(child.stdout, "data");
    expect(JSON.parse(String(names)).toSorted()).toEqual(["mic", "talk"]);
    expect(modules()).toContain("usermedia-echo-");
    child.kill("SIGKILL");
    await expect.poll(modules, { timeout: 20_000 }).toBe(before);
  });
});
