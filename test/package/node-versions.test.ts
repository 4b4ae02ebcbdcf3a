import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { probe } from "../support/probe.ts";

const run = promisify(execFile);

describe.each([22, 24])("Node.js %i", (major) => {
  test("records from the command", async ({ skip }) => {
    const node = await installNode(major).catch((error: unknown) => {
      return skip(`no Node.js ${major} from npm: ${String(error)}`);
    });
    const directory = await mkdtemp(join(tmpdir(), "usermedia-node-"));
    try {
      const file = join(directory, "out.webm");
      const { stdout } = await run(node, ["--version"]);
      expect(stdout).toMatch(new RegExp(`^v${major}\\.`));
      await run(
        node,
        [
          "dist/entries/cli.js",
          "record",
          "--video",
          "synthetic",
          "--audio",
          "synthetic",
          "--duration",
          "1s",
          file,
        ],
        { env: { ...process.env, USERMEDIA_CONFIG_DIR: directory } },
      );
      const { streams } = await probe(file);
      expect(streams.map((stream) => stream.codec_type).toSorted()).toEqual(["audio", "video"]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

/** The path of a Node.js of that major version, brought from npm once per machine. */
async function installNode(major: number): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = join(homedir(), ".cache", "usermedia", `node-${major}`);
  const binary = join(prefix, "node_modules", name, "bin", "node");
  if (
    await readFile(binary).then(
      () => true,
      () => false,
    )
  )
    return binary;
  await mkdir(prefix, { recursive: true });
  await run("npm", [
    "install",
    "--prefix",
    prefix,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    `${name}@${major}`,
  ]);
  return binary;
}
