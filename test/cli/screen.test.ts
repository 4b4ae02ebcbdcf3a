import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cornerOf } from "../support/pixel-of.ts";
import { probe } from "../support/probe.ts";
import { runCommand } from "../support/run-command.ts";
import { missingCommands } from "../support/sound-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { XServer } from "../support/x-server.ts";

const missing = missingCommands("Xvfb", "xsetroot", "ffmpeg");
let server: XServer;

beforeAll(async () => {
  if (missing !== undefined) return;
  server = await XServer.start("320x240");
  execFileSync("xsetroot", ["-solid", "#c08040"], { env: server.env });
});
afterAll(() => server?.stop());

describe("the command with --screen on a real X server", () => {
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });

  const run = (folder: string, ...words: string[]) =>
    runCommand(words, folder, {
      USERMEDIA_BACKENDS: "x11",
      USERMEDIA_PERMISSIONS: "display-capture=granted",
      DISPLAY: server.display,
      WAYLAND_DISPLAY: "",
    });

  it("records the screen when nothing stands between the option and the file", async () => {
    const folder = temporaryFolder();
    const words = ["record", "--no-audio", "--duration", "2s", "--screen", "screen.webm"];
    const { code, err } = await run(folder, ...words);
    expect([code, err]).toEqual([0, expect.stringContaining("Recording")]);
    const file = join(folder, "screen.webm");
    const { durationS, streams } = await probe(file);
    expect(streams).toMatchObject([{ codec_type: "video", width: 320, height: 240 }]);
    expect(durationS).toBeGreaterThan(0.5);
    for (const [at, value] of [0xc0, 0x80, 0x40].entries()) {
      expect(Math.abs((cornerOf(file)[at] ?? 0) - value)).toBeLessThan(10);
    }
  });

  it("takes a .png of the screen with its pixels", async () => {
    const folder = temporaryFolder();
    const { code, err, out } = await run(folder, "snapshot", "--screen", "screen.png");
    expect([code, err, out]).toEqual([0, "", "screen.png: 320x240\n"]);
    expect(cornerOf(join(folder, "screen.png"))).toEqual([0xc0, 0x80, 0x40]);
  });

  it("takes a .jpg of the screen", async () => {
    const folder = temporaryFolder();
    const { code, err } = await run(folder, "snapshot", "--screen", "screen.jpg");
    expect([code, err]).toEqual([0, ""]);
    const file = join(folder, "screen.jpg");
    expect([...readFileSync(file).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect((await probe(file)).streams).toMatchObject([{ width: 320, height: 240 }]);
    for (const [at, value] of [0xc0, 0x80, 0x40].entries()) {
      expect(Math.abs((cornerOf(file)[at] ?? 0) - value)).toBeLessThan(10);
    }
  });

  it("says how to allow it when it isn't, with exit code 3", async () => {
    const { code, err } = await runCommand(["record", "--screen", "x.webm"], temporaryFolder(), {
      USERMEDIA_BACKENDS: "x11",
      DISPLAY: server.display,
      WAYLAND_DISPLAY: "",
    });
    expect(code).toBe(3);
    expect(err).toContain("permission");
  });
});
