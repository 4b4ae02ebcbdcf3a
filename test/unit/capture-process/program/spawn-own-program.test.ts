import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { OwnProcess } from "../../../../src/capture-process/program/own-process.ts";
import { spawnOwnProgram } from "../../../../src/capture-process/program/spawn-own-program.ts";

const start = (environment: NodeJS.ProcessEnv = {}) =>
  spawnOwnProgram("capture-process", {
    args: [],
    environment,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });

afterEach(() => vi.unstubAllEnvs());

test.runIf(process.platform === "linux")(
  "a capture process has what it needs of the program's environment, and no secret",
  async () => {
    const child = start({
      AWS_SECRET_ACCESS_KEY: "secret",
      DATABASE_URL: "postgres://user:password@host",
      DISPLAY: ":7",
      HTTPS_PROXY: "http://user:password@proxy",
      NODE_EXTRA_CA_CERTS: "/nowhere.pem",
      NODE_OPTIONS: "--import=/nowhere.mjs",
      PULSE_SERVER: "unix:/run/pulse",
      XDG_RUNTIME_DIR: "/run/user/7",
    });
    await once(child, "spawn");
    const environment = await readFile(`/proc/${child.pid}/environ`, "utf8");
    child.kill("SIGKILL");
    expect(environment.split("\0").filter(Boolean).toSorted()).toEqual([
      "DISPLAY=:7",
      "PULSE_SERVER=unix:/run/pulse",
      "USERMEDIA_OWN_PROCESS=capture-process",
      "XDG_RUNTIME_DIR=/run/user/7",
    ]);
  },
);

describe("nothing is started", () => {
  test("by a program that runs where a capture process was to run", () => {
    vi.stubEnv("USERMEDIA_OWN_PROCESS", "capture-process");
    expect(() => start()).toThrow(/runs a program instead\. Set USERMEDIA_NODE to the path/);
  });

  test("in a Node.js that is named by no absolute path", () => {
    vi.stubEnv("USERMEDIA_NODE", "node");
    expect(() => start()).toThrow('USERMEDIA_NODE is "node", which is no absolute path');
  });
});

test("a capture process runs in the Node.js that USERMEDIA_NODE names", async () => {
  vi.stubEnv("USERMEDIA_NODE", "/nonexistent/node");
  const options = { args: [], environment: {}, stdio: "ignore" } as const;
  const { ended } = new OwnProcess("capture-process", options);
  expect(await ended).toMatchObject({
    code: "failed",
    message: expect.stringMatching(/^The capture process didn't start: .*\/nonexistent\/node/),
  });
});
