import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";

import { probe } from "../support/probe.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { runCommand, RunningCommand } from "../support/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const env = { USERMEDIA_BACKENDS: "synthetic", XDG_RUNTIME_DIR: folder };
const run = (...args: string[]) => runCommand(args, folder, env);

test("devices shows a table with kind, label, id and modes", async () => {
  const { code, out } = await run("devices");
  expect(code).toBe(0);
  const [head, ...rows] = out.trimEnd().split("\n");
  expect(head).toMatch(/^KIND +LABEL +ID +MODES/);
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(
    /camera +Synthetic camera \(front\) +synthetic:\S+ +1920x1080@60.* default/,
  );
});

test("devices --json has every mode", async () => {
  const { out } = await run("devices", "--json");
  expect(JSON.parse(out)).toMatchObject([
    { id: expect.stringContaining("synthetic:"), kind: "videoinput", isDefault: true },
    { kind: "videoinput" },
    { kind: "audioinput", modes: expect.any(Array) },
    { kind: "audioinput" },
  ]);
});

test("devices --why says what each device makes of constraints", async () => {
  const { code, out } = await run("devices", "--why", '{"width":{"min":1920}}');
  expect(code).toBe(0);
  expect(out).toContain("Synthetic camera (front): fitness distance 0 with 1920x1080");
});

test("snapshot takes a picture of the size asked for", async () => {
  const { code, out } = await run("snapshot", "--video", "synthetic,1280x720", "s.png");
  expect([code, out]).toEqual([0, "s.png: 1280x720\n"]);
  const { streams } = await probe(join(folder, "s.png"));
  expect(streams).toMatchObject([{ codec_name: "png", width: 1280, height: 720 }]);
  // A picture of one colour would be a few kB.
  expect(statSync(join(folder, "s.png")).size).toBeGreaterThan(5000);
});

test("permissions are granted to a folder's package, listed, revoked and reset", async () => {
  const path = process.cwd();
  await expect(run("permission", "grant", "camera", "--app", path)).resolves.toMatchObject({
    code: 0,
    out: "Granted camera to usermedia\n",
  });
  const list = JSON.parse((await run("permission", "list", "--json")).out) as unknown;
  expect(list).toMatchObject([{ name: "camera", state: "granted" }]);
  expect((await run("permission", "list")).out).toMatch(/usermedia +camera +granted/);
  await run("permission", "revoke", "camera");
  await run("permission", "reset");
  const { out } = await run("permission", "list");
  expect(out).toBe("No program has an answer that was kept\n");
});

test("status shows what is being captured, by whom and since when", async (context) => {
  expect((await run("status")).out).toBe("Nothing is being captured\n");
  const reason = PulseServer.missing();
  if (reason !== undefined) context.skip(reason);
  const server = await new PulseServer().start();
  onTestFinished(() => server.close());
  const real = {
    ...server.env,
    USERMEDIA_BACKENDS: "pulse",
    USERMEDIA_PERMISSIONS: "microphone=granted",
    USERMEDIA_RUNTIME_DIR: join(folder, "runtime"),
  };
  const recording = new RunningCommand(["record", "s.wav"], folder, real);
  await recording.untilSaid("Recording");
  const { out } = await runCommand(["status", "--json"], folder, real);
  const table = await runCommand(["status"], folder, real);
  recording.child.kill("SIGINT");
  expect((await recording.ended).code).toBe(0);
  expect(JSON.parse(out)).toMatchObject([
    { pid: recording.child.pid, captures: [{ name: "microphone", label: "Test Microphone" }] },
  ]);
  expect(table.out).toMatch(
    new RegExp(`^PROGRAM.*\\n.* ${recording.child.pid} +microphone +Test Microphone +20`),
  );
  expect((await runCommand(["status"], folder, real)).out).toBe("Nothing is being captured\n");
});

test.each(["devices", "record", "snapshot", "permission", "status"])(
  "%s --help has examples and the exit codes",
  async (command) => {
    const { code, out } = await run(command, "--help");
    expect(code).toBe(0);
    expect(out).toContain("Examples:");
    expect(out).toContain("Exit codes:");
  },
);

test("--version is the package's", async () => {
  expect((await run("--version")).out).toMatch(/^usermedia\/\d+\.\d+\.\d+/);
});
