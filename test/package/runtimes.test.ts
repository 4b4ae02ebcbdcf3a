import { execFile } from "node:child_process";
import { chmod, copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { noteCompatibility } from "../support/compatibility.ts";
import { fromNpm } from "../support/from-npm.ts";
import { packedPackage, RECORDING_PROGRAM, SYNTHETIC } from "../support/packed-package.ts";

const run = promisify(execFile);

const BUN = `@oven/bun-${process.platform}-${process.arch}`;
const DENO = `@deno/${process.platform}-${process.arch}-glibc`;

const REGISTERING_PROGRAM = `
import "node-usermedia/register";
const stream = await navigator.mediaDevices.getUserMedia({ video: true });
console.log(stream.getTracks().length, "mediaDevices" in {});
stream.getTracks()[0].stop();
`;

/** A test of a page's code with the kit, by a runner's own functions. */
const kitTest = (functions: string) => `
import { VirtualDevices } from "node-usermedia/testing";
${functions}
test("a page finds its camera", async () => {
  const devices = new VirtualDevices();
  const uninstall = devices.install();
  devices.addCamera({ label: "Desk camera" });
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  equal(stream.getVideoTracks()[0].label, "Desk camera");
  equal("mediaDevices" in {}, false);
  await uninstall();
});
`;

const packed = packedPackage();
let modules = "";
/** Where the package is installed. */
let project = "";

beforeAll(async () => {
  modules = await fromNpm({ [BUN]: "1", [DENO]: "2", postject: "1.0.0-alpha.6" });
  project = await packed.folder("runtimes", { type: "module" });
  const options = ["--prefer-offline", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...options, packed.tarball], { cwd: project });
  await writeFile(join(project, "recording.mjs"), RECORDING_PROGRAM);
  await writeFile(join(project, "registering.mjs"), REGISTERING_PROGRAM);
});

/** What a command prints in the project. */
async function printed(
  file: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { stderr, stdout } = await run(file, args, {
    cwd: project,
    env: { ...process.env, ...SYNTHETIC, NO_COLOR: "1", ...env },
  });
  return stdout.trim() === "" ? stderr : stdout.trim();
}

describe("Bun", () => {
  const bun = () => join(modules, BUN, "bin", "bun");

  test("records, registers and runs tests with the kit", async () => {
    expect(await printed(bun(), ["recording.mjs"])).toBe("recorded");
    expect(await printed(bun(), ["registering.mjs"])).toBe("1 false");
    const functions = `import { expect, test } from "bun:test";
      const equal = (value, expected) => expect(value).toBe(expected);`;
    await writeFile(join(project, "kit.test.js"), kitTest(functions));
    const { stderr } = await run(bun(), ["test", "./kit.test.js"], { cwd: project });
    expect(stderr).toMatch(/1 pass\n 0 fail/);
    noteCompatibility("Runtimes", "Bun 1", "recorded, registered, `bun test` with the kit");
  });

  test("compiles a program that records", async () => {
    await printed(bun(), ["build", "--compile", "recording.mjs", "--outfile", "compiled"]);
    expect(await printed(join(project, "compiled"))).toBe("recorded");
    const shown = "recorded, with the package in `node_modules` beside it";
    noteCompatibility("Runtimes", "Bun 1, `bun build --compile`", shown);
  });
});

describe("Deno", () => {
  test("records, registers and runs tests with the kit", async () => {
    const deno = join(modules, DENO, "deno");
    expect(await printed(deno, ["run", "-A", "recording.mjs"])).toBe("recorded");
    expect(await printed(deno, ["run", "-A", "registering.mjs"])).toBe("1 false");
    const functions = `const test = Deno.test;
      const equal = (value, expected) => { if (value !== expected) throw new Error(value); };`;
    await writeFile(join(project, "kit_test.mjs"), kitTest(functions));
    expect(await printed(deno, ["test", "-A", "kit_test.mjs"])).toMatch(/1 passed \| 0 failed/);
    noteCompatibility("Runtimes", "Deno 2", "recorded, registered, `deno test` with the kit");
  });
});

describe("a program whose executable runs nothing but itself", () => {
  /** Prints what became of a recording. */
  const program = `
    const { createRequire } = require("node:module");
    const { MediaRecorder, navigator } = createRequire(process.cwd() + "/x")("node-usermedia");
    navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => {
      const recorder = new MediaRecorder(stream, { mimeType: "video/webm" });
      const tell = (text) => { console.log(text); process.exit(); };
      recorder.onerror = ({ error }) => tell(error.name + ": " + error.message);
      recorder.ondataavailable = ({ data }) => tell(data.size > 1000 ? "recorded" : "nothing");
      recorder.start();
      recorder.onstart = () => setTimeout(() => recorder.stop(), 500);
    });`;

  test("is told so as a single executable application, and records in another Node.js", async () => {
    const application = join(project, "application");
    await writeFile(join(project, "main.cjs"), program);
    const sea = { main: "main.cjs", output: "sea.blob", disableExperimentalSEAWarning: true };
    await writeFile(join(project, "sea.json"), JSON.stringify(sea));
    await printed(process.execPath, ["--experimental-sea-config", "sea.json"]);
    await copyFile(process.execPath, application);
    const postject = join(modules, "postject", "dist", "cli.js");
    const fuse = ["--sentinel-fuse", "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2"];
    const args = [postject, application, "NODE_SEA_BLOB", "sea.blob", ...fuse];
    await printed(process.execPath, args);
    expect(await printed(application)).toMatch(/runs nothing but itself\. Set USERMEDIA_NODE/);
    const env = { USERMEDIA_NODE: process.execPath };
    expect(await printed(application, [], env)).toBe("recorded");
    const shown = "recorded, with `USERMEDIA_NODE`; without it, an error says so";
    noteCompatibility("Runtimes", "Node.js, single executable application", shown);
  });

  test("starts itself once and no more where it can't be known before", async () => {
    // As a packaged Electron without RunAsNode: whatever file it is given, it runs its program.
    const packaged = join(project, "packaged");
    const script = `#!/bin/sh\necho start >> starts\nexec ${process.execPath} again.cjs\n`;
    await writeFile(packaged, script);
    await chmod(packaged, 0o755);
    const again = `
      Object.defineProperty(process, "execPath", { value: "${packaged}" });
      Object.assign(process.env, ${JSON.stringify(SYNTHETIC)});`;
    await writeFile(join(project, "again.cjs"), again + program);
    const told = await printed(packaged);
    expect(told).toContain(`It was to run in ${packaged}`);
    expect(told).toContain("Set USERMEDIA_NODE to the path of a Node.js");
    expect(await readFile(join(project, "starts"), "utf8")).toBe("start\nstart\n");
  });
});
