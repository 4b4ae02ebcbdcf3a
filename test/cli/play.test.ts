import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { findSamples, noise } from "../support/hearing.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { runCommand } from "../support/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { wavFile } from "../support/wav-file.ts";

let server: PulseServer;
const reason = PulseServer.missing();

beforeAll(async () => {
  if (reason !== undefined) return;
  server = await new PulseServer().start();
  server.addOutput("speakers", "Speakers");
  server.addOutput("headset", "Headset");
  server.pactl("set-default-sink", "speakers");
});
afterAll(() => server?.close());
beforeEach((context) => {
  if (reason !== undefined) context.skip(reason);
});

const run = (...args: string[]) => runCommand(args, temporaryFolder(), server.env);

test("devices lists sound outputs, and says which is the default", async () => {
  const { out } = await run("devices");
  expect(out).toMatch(/sound output +Speakers +pulse:speakers +yes/);
  expect(out).toMatch(/sound output +Headset +pulse:headset/);
});

test("play plays a file on the output that is named, to its end", async () => {
  const hearing = await server.hear("headset");
  const sent = noise(9600, 4);
  const file = wavFile(sent);
  const { code, out } = await run("play", "--output", "head", file);
  expect([code, out]).toEqual([0, `${file}: played 0.2 s\n`]);
  await hearing.until(() => findSamples(hearing.samples, sent) >= 0);
  hearing.stop();
});

test("play says which outputs there are, and that there is no file", async () => {
  const file = wavFile(noise(480));
  const unknown = await run("play", "--output", "nowhere", file);
  expect(unknown.code).toBe(4);
  expect(unknown.err).toMatch(/No sound output is called "nowhere"; there is .*"Speakers"/);
  const missing = await run("play", "/nowhere.wav");
  expect(missing.code).toBe(1);
  expect(missing.err).toContain("There is no file /nowhere.wav");
});
