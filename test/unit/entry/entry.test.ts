import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const entry = pathToFileURL(resolve("dist/index.js")).href;
const register = pathToFileURL(resolve("dist/register.js")).href;

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "usermedia-entry-"));
});
afterAll(async () => {
  await rm(home, { recursive: true });
});

/** Runs a program on synthetic devices alone; what it puts in `result` comes back. */
async function program(script: string, ...flags: string[]): Promise<unknown> {
  const source = `let result; ${script}; console.log(JSON.stringify(result));`;
  const { stdout } = await run(process.execPath, [...flags, "--input-type=module", "-e", source], {
    env: {
      ...process.env,
      USERMEDIA_BACKENDS: "synthetic",
      XDG_CONFIG_HOME: home,
      XDG_RUNTIME_DIR: home,
      NODE_OPTIONS: "",
    },
  });
  return JSON.parse(stdout) as unknown;
}

describe('import "node-usermedia"', () => {
  it("changes no global, opens nothing and loads no native code", async () => {
    const result = await program(`
      const globals = () => Object.getOwnPropertyNames(globalThis).sort().join();
      const natives = () =>
        process.report.getReport().sharedObjects.filter((file) => /\\.node$/.test(file));
      // The module loader's own reads aren't meant, nor the standard streams, which importing
      // node:process opens.
      const opened = () => process.getActiveResourcesInfo().filter((type) => !/Req/.test(type));
      await import("node:process");
      const resources = opened();
      const before = globals();
      const usermedia = await import("${entry}");
      result = {
        sameGlobals: globals() === before,
        opened: opened().slice(resources.length),
        natives: natives(),
        tag: String(usermedia.navigator),
      };`);
    expect(result).toEqual({
      sameGlobals: true,
      opened: [],
      natives: [],
      tag: "[object Navigator]",
    });
  });

  it("gives frames of the synthetic devices to the callback call, and lets the program end", async () => {
    const result = await program(`
      const { navigator, MediaStream, MediaStreamTrackProcessor } = await import("${entry}");
      const stream = await new Promise((resolve, reject) => {
        const value = navigator.getUserMedia({ audio: true, video: { width: 1280, height: 720 } }, resolve, reject);
        if (value !== undefined) reject(new Error("something was returned"));
      });
      const [track] = stream.getVideoTracks();
      const frames = [];
      const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
      for (let i = 0; i < 3; i++) {
        const { value: frame } = await reader.read();
        frames.push([frame.codedWidth, frame.codedHeight]);
        frame.close();
      }
      reader.releaseLock();
      for (const each of stream.getTracks()) each.stop();
      const devices = await navigator.mediaDevices.enumerateDevices();
      result = {
        isStream: stream instanceof MediaStream,
        kinds: stream.getTracks().map(({ kind }) => kind),
        frames,
        labelled: devices.every(({ label }) => label !== ""),
      };`);
    expect(result).toEqual({
      isStream: true,
      kinds: ["audio", "video"],
      frames: [
        [1280, 720],
        [1280, 720],
        [1280, 720],
      ],
      labelled: true,
    });
  });

  it("gives the same device ids in every run", async () => {
    const script = `
      const { navigator } = await import("${entry}");
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      result = stream.getTracks()[0].getSettings().deviceId;
      stream.getTracks()[0].stop()`;
    const id = await program(script);
    expect(id).toMatch(/^[0-9a-f]{64}$/u);
    expect(await program(script)).toBe(id);
  });

  it("answers in the words of 2013 once installLegacy() was asked for them", async () => {
    const result = await program(`
      const { navigator, installLegacy } = await import("${entry}");
      installLegacy({ errorNames: "legacy", dialects: true });
      const constraints = { video: { mandatory: { minWidth: 100000 } } };
      const error = await new Promise((resolve, reject) =>
        navigator.webkitGetUserMedia(constraints, reject, resolve));
      result = [error.name, error.constraintName]`);
    expect(result).toEqual(["ConstraintNotSatisfiedError", "width"]);
  });
});

describe('import "node-usermedia/register"', () => {
  it("puts navigator and the interfaces on globalThis, not enumerable", async () => {
    const result = await program(
      `
      const stream = await new Promise((resolve, reject) =>
        navigator.getUserMedia({ video: true }, resolve, reject));
      stream.getTracks()[0].stop();
      const { navigator: imported } = await import("${entry}");
      result = {
        isStream: stream instanceof MediaStream,
        enumerable: Object.keys(globalThis).includes("MediaStream"),
        same: navigator.mediaDevices === imported.mediaDevices,
        interfaces: [typeof MediaStreamTrack, typeof MediaRecorder, typeof OverconstrainedError],
      };`,
      `--import=${register}`,
    );
    expect(result).toEqual({
      isStream: true,
      enumerable: false,
      same: true,
      interfaces: ["function", "function", "function"],
    });
  });

  it("keeps what the navigator of the platform has", async () => {
    const result = await program(`
      class Navigator { get userAgent() { return "Node.js/21"; } }
      Object.defineProperty(globalThis, "navigator", { value: new Navigator(), configurable: true });
      await import("${register}");
      result = [navigator.userAgent, typeof navigator.mediaDevices.getUserMedia]`);
    expect(result).toEqual(["Node.js/21", "function"]);
  });
});
