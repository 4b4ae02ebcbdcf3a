import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { probe } from "../support/probe.ts";

const run = promisify(execFile);

describe("the README's example", () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "usermedia-readme-"));
    await symlink(join(process.cwd(), "node_modules"), join(directory, "node_modules"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  test("records a playable file when pasted into a module as it stands", async () => {
    const readme = await readFile("README.md", "utf8");
    const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    expect(example).toContain("navigator.getUserMedia(");
    // The package is resolved by its own name, as an installed one would be.
    const script = join(process.cwd(), "dist", `readme-example-${process.pid}.mjs`);
    await writeFile(script, example);
    try {
      await run(process.execPath, [script], {
        cwd: directory,
        env: { ...process.env, USERMEDIA_BACKENDS: "synthetic" },
      });
    } finally {
      await rm(script);
    }

    const { streams, durationS } = await probe(join(directory, "recording.webm"));
    expect(streams.map((stream) => stream.codec_type).toSorted()).toEqual(["audio", "video"]);
    expect(streams.find((stream) => stream.codec_type === "video")).toMatchObject({
      width: 1280,
      height: 720,
    });
    // Five seconds on an idle machine.
    expect(durationS).toBeGreaterThan(1);
  });
});
