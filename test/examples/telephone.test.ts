import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";

import { decodeSound } from "../support/decode.ts";
import { probe } from "../support/probe.ts";
import { runExample } from "../support/run-example.ts";
import { missingCommands } from "../support/sound-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { loudness } from "../support/tone.ts";

test("The microphone goes through a graph of node-web-audio-api into a recording", async (context) => {
  const reason = missingCommands("ffmpeg", "ffprobe") ?? missingLibrary();
  if (reason !== undefined) context.skip(reason);
  const folder = temporaryFolder();
  const printed = await runExample("telephone.mjs", ["call.webm", "3"], { cwd: folder });
  expect(printed).toEqual(["call.webm"]);
  const { streams } = await probe(join(folder, "call.webm"));
  expect(streams).toMatchObject([{ codec_name: "opus", channels: 1 }]);
  // The synthetic microphone beeps every second.
  expect(loudness(await decodeSound(join(folder, "call.webm")))).toBeGreaterThan(0.01);
});

function missingLibrary(): string | undefined {
  try {
    createRequire(import.meta.url)("node-web-audio-api");
    return undefined;
  } catch (error) {
    return `node-web-audio-api doesn't load here: ${String(error)}`;
  }
}
