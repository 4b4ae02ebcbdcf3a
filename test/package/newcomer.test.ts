import { execFile, execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { fromNpm } from "../support/from-npm.ts";
import { noteCompatibility } from "../support/compatibility.ts";
import { headerDuration } from "../support/header-duration.ts";
import { probe } from "../support/probe.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);

/** The blocks of README in one language, in their order. */
function blocksOf(language: string): string[] {
  const readme = readFileSync("README.md", "utf8");
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map(
    ([, block = ""]) => block,
  );
}

test("README's steps, word for word, lead from a checkout to a recording with the newest npm 10", async () => {
  const home = temporaryFolder();
  const [inCheckout = "", inProgram = "", onDevices = "", synthetic = ""] = blocksOf("sh");
  const [example = ""] = blocksOf("js");
  expect(inCheckout).toContain("npm pack");
  expect(example).toContain("navigator.getUserMedia(");
  expect(synthetic).toContain(onDevices.trim());
  const environment = await newcomer(home);
  const shell = (lines: string, cwd: string): Promise<unknown> =>
    run("bash", ["-euc", lines], { cwd, env: environment });

  await shell(inCheckout, checkout(join(home, "usermedia")));
  const program = join(home, "my-program");
  mkdirSync(program);
  await shell(inProgram, program);
  writeFileSync(join(program, "record.mjs"), example);
  await shell(synthetic, program);

  const { streams, durationS } = await probe(join(program, "recording.webm"));
  expect(streams.map((stream) => stream.codec_type).toSorted()).toEqual(["audio", "video"]);
  expect(streams.find((stream) => stream.codec_type === "video")).toMatchObject({
    width: 1280,
    height: 720,
  });
  // Five seconds on an idle machine.
  expect(durationS).toBeGreaterThan(1);
  // The finished file tells its length to a player that only reads its header.
  expect(await headerDuration(join(program, "recording.webm"))).toBeGreaterThan(1);
  noteCompatibility("Installers", "npm 10, the newest", "README's steps, word for word");
});

/** What is in the repository, in another folder, with what its `npm install` has installed before. */
function checkout(folder: string): string {
  mkdirSync(folder);
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const files = execFileSync("git", list, { encoding: "utf8" }).trim().split("\n");
  for (const file of files) cpSync(file, join(folder, file), { force: true });
  execFileSync("cp", ["-a", "--link", "node_modules", join(folder, "node_modules")]);
  return folder;
}

/** An environment without anything of this run's own: another home, no devices, npm 10. */
async function newcomer(home: string): Promise<NodeJS.ProcessEnv> {
  const modules = await fromNpm({ npm10: "npm:npm@10" });
  const bin = join(home, "bin");
  mkdirSync(bin);
  const npm = `#!/bin/sh\nexec "${process.execPath}" "${modules}/npm10/bin/npm-cli.js" "$@"\n`;
  writeFileSync(join(bin, "npm"), npm);
  chmodSync(join(bin, "npm"), 0o755);
  const { stdout: cache } = await run("npm", ["config", "get", "cache"]);
  const { PATH = "" } = process.env;
  return {
    PATH: [bin, PATH].join(delimiter),
    HOME: home,
    npm_config_cache: cache.trim(),
    npm_config_prefer_offline: "true",
  };
}
