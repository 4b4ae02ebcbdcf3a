import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { spawnMain } from "../../../../src/capture-process/program/spawn-main.ts";

test.runIf(process.platform === "linux")(
  "a capture process has the program's environment without what is Node's own matter there",
  async () => {
    const child = spawnMain({
      DISPLAY: ":7",
      NODE_OPTIONS: "--import=/nowhere.mjs",
      NODE_EXTRA_CA_CERTS: "/nowhere.pem",
    });
    await once(child, "spawn");
    const environment = await readFile(`/proc/${child.pid}/environ`, "utf8");
    child.kill();
    expect(environment.split("\0").filter(Boolean)).toEqual(["DISPLAY=:7"]);
  },
);
