import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";

import { printedJson } from "../support/printed-json.ts";
import { probe } from "../support/probe.ts";
import { PulseServer } from "../support/pulse-server.ts";
import { COMMAND, runCommand, RunningCommand } from "../support/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const env = { USERMEDIA_BACKENDS: "synthetic", XDG_RUNTIME_DIR: folder };
const run = (...args: string[]) => runCommand(args, folder, env);

test("devices shows a table with kind, label, id and modes", async () => {
  const { code, out } = await run("devices");
  expect(code).toBe(0);
  const [head, ...rows] = out.trimEnd().split("\n");
  expect(head).toMatch(/^KIND +LABEL +ID +MODES +DEFAULT/);
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(/camera +Synthetic camera \(front\) +synthetic:\S+ +1920x1080@60.* yes/);
});

test("devices --json has every mode", async () => {
  const { out } = await run("devices", "--json");
  expect(printedJson("devices", out)).toMatchObject([
    { id: expect.stringContaining("synthetic:"), kind: "videoinput", isDefault: true },
    { kind: "videoinput" },
    { kind: "audioinput", modes: expect.any(Array) },
    { kind: "audioinput" },
  ]);
});

test("devices --why says what each device makes of constraints, of the kind that has them", async () => {
  const { code, out } = await run("devices", "--why", '{"width":{"min":1920}}');
  expect(code).toBe(0);
  expect(out).toContain("Synthetic camera (front): fitness distance 0 with 1920x1080");
  expect(out).not.toContain("microphone");
  const both = await run("devices", "--why", '{"audio":{"channelCount":2},"screen":true}');
  expect(both.out).toMatch(/^Synthetic microphone.*: fitness/);
  expect(both.out).toContain("There is no screen\n");
  expect(both.out).not.toContain("camera");
});

test.each([
  ["a name that is none", '{"widht":1280}', "there is no constraint widht; did you mean width?"],
  ["a name in an advanced set", '{"advanced":[{"heigth":1}]}', "did you mean height?"],
  ["a value of a wrong type", '{"width":{"min":"wide"}}', "width is a number"],
  ["a bound that is none", '{"width":{"mni":1}}', "did you mean min?"],
  ["a kind that is none", '{"video":true,"vidoe":{}}', "did you mean video?"],
  ["constraints of two kinds of track", '{"width":1280,"sampleRate":8000}', '"audio":{…}'],
])("devices --why refuses %s, and says what is wrong", async (_name, constraints, message) => {
  const { code, err, out } = await run("devices", "--why", constraints);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(message);
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
    out: expect.stringMatching(/^Granted camera to \S+ \(\S+\)\n$/),
  });
  const list = printedJson("permission list", (await run("permission", "list", "--json")).out);
  expect(list).toMatchObject([{ name: "camera", state: "granted" }]);
  const [head, row] = (await run("permission", "list")).out.split("\n");
  expect(head).toMatch(/^PROGRAM +PERMISSION +STATE +DEVICE +SINCE +PATH$/);
  expect(row).toMatch(/usermedia +camera +granted +every device +\S+ +\//);
  expect(row?.endsWith(path)).toBe(true);
  await run("permission", "revoke", "camera");
  await run("permission", "reset");
  const { out } = await run("permission", "list");
  expect(out).toBe("No program has an answer that was kept\n");
});

test("programs of one package's name are told apart by their paths", async () => {
  const programs = ["one", "two"].map((name) => {
    const path = join(folder, name);
    mkdirSync(path);
    writeFileSync(join(path, "package.json"), '{"name":"same"}');
    return path;
  });
  for (const path of programs) await run("permission", "grant", "camera", "--app", path);
  const { out } = await run("permission", "list");
  const rows = out.split("\n").filter((row) => row.startsWith("same"));
  expect(rows.map((row) => row.split(/ {2,}/).at(-1))).toEqual(programs);
  await run("permission", "reset");
});

test("a permission is granted for a device that is there, and that it is about", async () => {
  const path = process.cwd();
  const grant = (...words: string[]) => run("permission", "grant", "--app", path, ...words);
  await expect(grant("camera", "--device", "bogus")).resolves.toMatchObject({
    code: 4,
    out: "",
    err: expect.stringContaining('No device is called "bogus"'),
  });
  const [microphone] = (
    JSON.parse((await run("devices", "--json")).out) as { id: string; kind: string }[]
  ).filter(({ kind }) => kind === "audioinput");
  await expect(grant("camera", "--device", microphone?.id ?? "")).resolves.toMatchObject({
    code: 4,
    out: "",
    err: expect.stringContaining("it needs microphone"),
  });
  expect((await run("permission", "list")).out).toBe("No program has an answer that was kept\n");
  const granted = await grant("microphone", "--device", microphone?.id ?? "");
  expect(granted).toMatchObject({
    code: 0,
    out: expect.stringContaining("Granted microphone with"),
  });
  const { out: kept } = await run("permission", "list", "--json");
  expect(printedJson("permission list", kept)).toMatchObject([
    { name: "microphone", deviceKey: microphone?.id },
  ]);
  expect((await run("permission", "revoke", "microphone", "--device", "bogus")).code).toBe(4);
  const revoked = await run("permission", "revoke", "microphone", "--device", microphone?.id ?? "");
  expect(revoked.code).toBe(0);
  await run("permission", "reset");
});

test.each([
  ["a command", ["devics"], "unknown command 'devics'. Did you mean devices? See usermedia --help"],
  ["an option", ["devices", "--jsno"], "Did you mean --json? See usermedia devices --help"],
  ["a subcommand", ["permission", "lits"], "Did you mean list? See usermedia permission --help"],
])("what %s was meant to be is said", async (_name, words, message) => {
  const { code, err } = await run(...words);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test("what a program of the output's other end doesn't read is no error with a stack", async () => {
  const command = `set -o pipefail; "$0" "$@" | true`;
  const { stderr } = spawnSync("bash", ["-c", command, process.execPath, COMMAND, "devices"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
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
  const listed = await runCommand(["devices", "--json"], folder, real);
  const table = await runCommand(["status"], folder, real);
  recording.child.kill("SIGINT");
  expect((await recording.ended).code).toBe(0);
  expect(printedJson("status", out)).toMatchObject([
    { pid: recording.child.pid, captures: [{ name: "microphone", label: "Test Microphone" }] },
  ]);
  expect(printedJson("devices", listed.out)).toContainEqual(
    expect.objectContaining({ kind: "audioinput", label: "Test Microphone" }),
  );
  expect(table.out).toMatch(
    new RegExp(`^PROGRAM.*\\n.* ${recording.child.pid} +microphone +Test Microphone +20`),
  );
  expect((await runCommand(["status"], folder, real)).out).toBe("Nothing is being captured\n");
});

test.each([
  ["devices"],
  ["record"],
  ["snapshot"],
  ["preview"],
  ["permission"],
  ["permission", "list"],
  ["permission", "grant"],
  ["permission", "revoke"],
  ["permission", "reset"],
  ["status"],
  ["completion"],
])("%s %s: --help is of this command, has examples and the exit codes", async (...command) => {
  const { code, out } = await run(...command, "--help");
  expect(code).toBe(0);
  expect(out).toContain(`Usage: usermedia ${command.join(" ")} [`);
  expect(out).not.toContain("default: true");
  expect(out).toContain("Examples:");
  expect(out).toContain("Exit codes:");
});

test("--version is the package's", async () => {
  expect((await run("--version")).out).toMatch(/^usermedia\/\d+\.\d+\.\d+/);
});
