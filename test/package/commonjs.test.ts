import { execFile } from "node:child_process";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { noteCompatibility } from "../support/compatibility.ts";
import { fromNpm } from "../support/from-npm.ts";
import { packedPackage, RECORDING_PROGRAM, SYNTHETIC } from "../support/packed-package.ts";

const run = promisify(execFile);
const packed = packedPackage();
let folder: string;

beforeAll(async () => {
  folder = await packed.folder("commonjs");
  const install = ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", [...install, packed.tarball], { cwd: folder });
});

describe("A CommonJS program", () => {
  test("requires the package, records, and shares its classes with modules", async () => {
    const program = `
      const usermedia = require("node-usermedia");
      (async () => {
        const imported = await import("node-usermedia");
        if (imported.MediaStream !== usermedia.MediaStream) throw new Error("two packages");
        ${RECORDING_PROGRAM.replace(/^import .*$/m, "const { MediaRecorder, navigator } = usermedia;")}
      })();`;
    await writeFile(join(folder, "program.cjs"), program);
    const env = { ...process.env, ...SYNTHETIC };
    const { stdout } = await run(process.execPath, ["program.cjs"], { cwd: folder, env });
    expect(stdout.trim()).toBe("recorded");
    noteCompatibility("CommonJS", "Node.js 20.19 and newer, `require()`", "a program recorded");
  });
});

describe.each(["29", "30"])("Jest %s in CommonJS", (version) => {
  test("requires the package in Node, in jsdom (the browser's shim), and with the kit's environment", async () => {
    const modules = await fromNpm({ jest: version, "jest-environment-jsdom": version });
    const project = join(folder, `jest-${version}`);
    await cp("examples/testing/jest-node", join(project, "in-node"), { recursive: true });
    await cp("examples/testing/jest", join(project, "in-jsdom"), { recursive: true });
    await writeFile(join(project, "package.json"), "{}");
    await mkdir(join(project, "node_modules"));
    for (const name of ["jest", "jest-environment-jsdom"]) {
      await symlink(join(modules, name), join(project, "node_modules", name));
    }
    // Next to its peer, as an installer puts it.
    const installed = join("node_modules", "node-usermedia");
    await cp(join(folder, installed), join(project, installed), { recursive: true });
    await writeFile(join(project, "in-node", "shim.test.js"), SHIM_TEST);
    await writeFile(join(project, "in-node", "kit.test.js"), KIT_TEST);
    for (const config of ["in-node/jest.config.cjs", "in-jsdom/jest.config.cjs"]) {
      const args = [join(modules, "jest/bin/jest.js"), "--config", join(project, config)];
      const { stderr } = await run(process.execPath, args, { cwd: project });
      expect(stderr).toMatch(/Tests: +\d+ passed, /);
    }
    noteCompatibility(
      "CommonJS",
      `Jest ${version}`,
      "`require()` in Node and jsdom, the kit's environment",
    );
  });
});

describe("TypeScript 5.9, a CommonJS package", () => {
  test.each([
    ["node16", { module: "node16" }],
    ["node10", { module: "commonjs", moduleResolution: "node10" }],
  ])("imports every entry with module resolution %s", async (name, options) => {
    const modules = await fromNpm({ "typescript-5.9": "npm:typescript@5.9" });
    const project = join(folder, name);
    await mkdir(join(project, "node_modules", "@types"), { recursive: true });
    await symlink(resolve("node_modules/@types/node"), join(project, "node_modules/@types/node"));
    await writeFile(join(project, "package.json"), "{}");
    const compilerOptions = {
      ...options,
      target: "es2022",
      lib: ["es2023"],
      types: ["node"],
      strict: true,
      noEmit: true,
      esModuleInterop: true,
    };
    const tsconfig = { compilerOptions, files: ["program.ts"] };
    await writeFile(join(project, "tsconfig.json"), JSON.stringify(tsconfig));
    await writeFile(join(project, "program.ts"), TYPED_PROGRAM);
    const tsc = join(modules, "typescript-5.9/bin/tsc");
    const compiled = run(process.execPath, [tsc, "-p", project]).catch(
      (error: unknown) => (error as { stdout: string }).stdout,
    );
    expect(await compiled).toEqual({ stdout: "", stderr: "" });
    noteCompatibility("TypeScript", `5.9, CommonJS, ${name}`, "a program of every entry compiles");
  });
});

const SHIM_TEST = `/** @jest-environment jsdom */
const usermedia = require("node-usermedia");
test("in jsdom the package is what it is in browsers", () => {
  expect(typeof usermedia.installLegacy).toBe("function");
  expect(usermedia.navigator).toBe(window.navigator);
});
`;

/** There jsdom's window is the global object, which lacks streams and `structuredClone()`. */
const KIT_TEST = `/** @jest-environment jsdom */
const { VirtualDevices } = require("node-usermedia/testing");
test("the kit is installed in jsdom's own environment, without the kit's", async () => {
  const devices = new VirtualDevices({ encoder: "fake" });
  devices.install(window);
  devices.addCamera();
  devices.addMicrophone();
  devices.permission.grant("camera");
  devices.permission.grant("microphone");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640 }, audio: true });
  const [track] = stream.getVideoTracks();
  expect(track.clone().getConstraints()).toEqual({ width: 640 });
  expect(track.getCapabilities().width.max).toBeGreaterThanOrEqual(640);
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const { value } = await reader.read();
  expect(value.codedWidth).toBe(640);
  value.close();
  await reader.cancel();
  const recorder = new MediaRecorder(stream);
  const recorded = new Promise((resolve) => (recorder.ondataavailable = resolve));
  recorder.start();
  await new Promise((resolve) => (recorder.onstart = resolve));
  recorder.stop();
  expect((await recorded).data.size).toBeGreaterThan(0);
  for (const each of stream.getTracks()) each.stop();
});
`;

const TYPED_PROGRAM = `
import { MediaRecorder, MediaStream, MediaStreamTrackProcessor, navigator, VideoFrame } from "node-usermedia";
import type { MediaStreamConstraints } from "node-usermedia";
import { createMediaCapture, syntheticDevices } from "node-usermedia/backend";
import { listPermissions } from "node-usermedia/permissions";
import { VirtualDevices } from "node-usermedia/testing";
import { installMediaCapture } from "node-usermedia/dom";
import "node-usermedia/register";

const constraints: MediaStreamConstraints = { audio: true };
class Recorder extends MediaRecorder {}
async function main(): Promise<MediaStream> {
  const stream: MediaStream = await navigator.mediaDevices.getUserMedia(constraints);
  const recorder = new Recorder(stream);
  recorder.ondataavailable = null;
  const [track] = stream.getVideoTracks();
  if (track) {
    const processor: MediaStreamTrackProcessor<VideoFrame> = new MediaStreamTrackProcessor({ track });
    console.log(processor.readable, createMediaCapture, syntheticDevices, installMediaCapture);
  }
  console.log(await listPermissions(), new VirtualDevices().addCamera());
  return stream;
}
void main();
`;
