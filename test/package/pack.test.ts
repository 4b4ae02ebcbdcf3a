import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);

/** What a subpath is an adapter for, and can't be had without. */
const peers = new Map([
  ["./testing/vitest", "vitest"],
  ["./testing/vitest-browser", "vitest"],
  ["./testing/jest-environment", "jest-environment-jsdom"],
  ["./webrtc/werift", "werift"],
  ["./webrtc/wrtc", "@roamhq/wrtc"],
]);

describe("the packed package", () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "usermedia-pack-"));
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", directory]);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await writeFile(join(directory, "package.json"), '{"private":true,"type":"module"}');
    // Without optional dependencies: what is native must be missed only when a device is opened.
    const install = ["install", "--omit=optional", "--ignore-scripts", "--prefer-offline"];
    await run("npm", [...install, "--no-audit", "--no-fund", filename], { cwd: directory });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test("gives every subpath of its exports", async () => {
    const { exports } = JSON.parse(await readFile("package.json", "utf8")) as {
      exports: Record<string, unknown>;
    };
    const subpaths = Object.keys(exports).filter((subpath) => !subpath.endsWith(".json"));
    expect(subpaths).toEqual(expect.arrayContaining([".", "./register", "./dom", "./testing"]));
    for (const subpath of subpaths) {
      const name = subpath.replace(/^\./, "node-usermedia");
      const peer = peers.get(subpath);
      const imported = node(
        subpath === "./testing/page"
          ? `await (await import("node:fs/promises")).access(new URL(import.meta.resolve("${name}")))`
          : `await import("${name}")`,
      );
      if (peer === undefined) await imported;
      else await expect(imported).rejects.toThrow(peer);
    }
  });

  test("imports without native code, and a recorder says which package is missing", async () => {
    const { stdout } = await node(`
      import { navigator, MediaRecorder } from "node-usermedia";
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      console.log(MediaRecorder.isTypeSupported("video/webm"));
      try { new MediaRecorder(stream); } catch (error) { console.log(error.name, error.message); }
      process.exit();
    `);
    const [isSupported, error] = stdout.trim().split("\n");
    expect(isSupported).toBe("false");
    expect(error).toMatch(/^NotSupportedError .*npm install --include=optional node-usermedia$/);
  });

  test("installs a command that says its version", async () => {
    const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
    const { stdout } = await run("npx", ["--no-install", "usermedia", "--version"], {
      cwd: directory,
    });
    expect(stdout).toContain(version);
  });

  function node(script: string): Promise<{ stdout: string; stderr: string }> {
    return run(process.execPath, ["--input-type=module", "-e", script], {
      cwd: directory,
      env: { ...process.env, USERMEDIA_BACKENDS: "synthetic" },
    });
  }
});
