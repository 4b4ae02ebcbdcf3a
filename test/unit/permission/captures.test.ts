import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { listCaptures } from "../../../src/permission/indicator/list-captures.ts";
import { terminalIndicator } from "../../../src/permission/indicator/terminal-indicator.ts";
import { program } from "./fixture.ts";

const camera = { name: "camera", deviceKey: "v4l2:1", label: "Desk" } as const;
const microphone = { name: "microphone", deviceKey: "pulse:1", label: "Built-in" } as const;

test("what is captured is listed while it is, and the program's listeners hear of it", () => {
  const { broker, entry, runtimeFolder } = program();
  const running = broker();
  const heard: number[] = [];
  running.watchCaptures((captures) => heard.push(captures.length));
  const stops = [running.captureStarted(camera), running.captureStarted(microphone)];
  expect(listCaptures(runtimeFolder)).toMatchObject([
    {
      pid: process.pid,
      application: { name: "recorder", path: entry },
      captures: [
        { name: "camera", label: "Desk", since: expect.stringMatching(/^\d{4}-.*Z$/u) },
        { name: "microphone", label: "Built-in" },
      ],
    },
  ]);
  for (const stop of [...stops, ...stops]) stop();
  expect(listCaptures(runtimeFolder)).toEqual([]);
  expect(readdirSync(runtimeFolder)).toEqual([]);
  expect(heard).toEqual([1, 2, 1, 0]);
});

test("what a killed program left is cleared away, also when its number was given to another", () => {
  const { broker, runtimeFolder } = program();
  broker().captureStarted(camera);
  const file = join(runtimeFolder, "999999999.json");
  const [notice] = listCaptures(runtimeFolder);
  writeFileSync(file, JSON.stringify({ ...notice, pid: 999_999_999 }));
  const reused = join(runtimeFolder, "1.json");
  writeFileSync(reused, JSON.stringify({ ...notice, pid: 1, startTime: "no such time" }));
  expect(listCaptures(runtimeFolder)).toHaveLength(1);
  expect(readdirSync(runtimeFolder)).toEqual([
    expect.stringMatching(new RegExp(`^${process.pid}-[0-9a-f-]+\\.json$`, "u")),
  ]);
});

test("two worlds of a process are one program, and the end of one leaves the other listed", () => {
  const { broker, runtimeFolder } = program();
  const [one, other] = [broker(), broker()];
  const stop = one.captureStarted(camera);
  other.captureStarted(microphone);
  const [notice, ...others] = listCaptures(runtimeFolder);
  expect(others).toEqual([]);
  expect(notice?.captures.map(({ label }) => label).toSorted()).toEqual(["Built-in", "Desk"]);
  stop();
  expect(listCaptures(runtimeFolder)).toMatchObject([{ captures: [{ label: "Built-in" }] }]);
  other.close();
  expect(readdirSync(runtimeFolder)).toEqual([]);
});

const endings: [string, (thread: Worker) => void][] = [["end", (thread) => thread.stdin?.end()]];
// Nothing of the thread runs any more then; Linux alone tells whether a thread is there.
if (process.platform === "linux") endings.push(["termination", (thread) => thread.terminate()]);

test.each(endings)(
  "the %s of a thread leaves what the program captures itself listed",
  async (_, end) => {
    const { broker, entry, folder, runtimeFolder } = program();
    broker().captureStarted(camera);
    const options = JSON.stringify({ entry, folder, runtimeFolder, environment: {}, prompts: [] });
    const module = JSON.stringify(resolve("dist/permission/index.js"));
    const code = `import(${module}).then(({ createPermissionBroker }) => {
    createPermissionBroker(${options}).captureStarted(${JSON.stringify(microphone)});
    const { parentPort } = require("node:worker_threads");
    process.stdin.resume().once("end", () => process.exit());
    parentPort.postMessage("captures");
  });`;
    const thread = new Worker(code, { eval: true, stdin: true });
    await once(thread, "message");
    expect(listCaptures(runtimeFolder)[0]?.captures).toHaveLength(2);
    const ended = once(thread, "exit");
    end(thread);
    await ended;
    expect(listCaptures(runtimeFolder)).toMatchObject([{ captures: [{ label: "Desk" }] }]);
  },
);

describe.skipIf(process.getuid?.() !== 0)("A user who", () => {
  const [user, stranger] = [54_321, 54_322];
  const plain = `/tmp/usermedia-${user}`;
  const permission = JSON.stringify(resolve("dist/permission/index.js"));
  const start = (code: string, env: Record<string, string>) => {
    const args = ["--input-type=module", "-e", `const it = await import(${permission}); ${code}`];
    const child = spawn(process.execPath, args, { env, uid: user, gid: user, cwd: "/" });
    onTestFinished(() => void child.kill("SIGKILL"));
    return child;
  };
  const capturing = async (env: Record<string, string>) => {
    const capture = JSON.stringify(camera);
    const child = start(
      `it.createPermissionBroker().captureStarted(${capture}); console.log("on");
       process.stdin.resume().on("end", () => process.exit());`,
      env,
    );
    await once(child.stdout, "data");
    return child;
  };
  const status = async (env: Record<string, string>): Promise<string> => {
    const child = start("console.log(JSON.stringify(it.listCaptures()))", env);
    return String((await once(child.stdout, "data"))[0]);
  };
  beforeEach(() => rmFolders());
  afterEach(() => rmFolders());
  const rmFolders = (): void => {
    for (const name of readdirSync("/tmp")) {
      if (join("/tmp", name).startsWith(plain)) rmSync(join("/tmp", name), { recursive: true });
    }
  };

  test("has no XDG_RUNTIME_DIR in a job sees the job's captures where there is one", async () => {
    const session = temporaryFolder();
    chmodSync(session, 0o700);
    chownSync(session, user, user);
    const job = await capturing({});
    const inSession = { XDG_RUNTIME_DIR: session, TMPDIR: session };
    expect(await status(inSession)).toContain('"label":"Desk"');
    const program = await capturing(inSession);
    expect(JSON.parse(await status(inSession))).toHaveLength(2);
    const ended = Promise.all([once(job, "exit"), once(program, "exit")]);
    job.stdin.end();
    program.stdin.end();
    await ended;
    expect(JSON.parse(await status(inSession))).toEqual([]);
  });

  test("finds another user's folder in the place of theirs sees their captures all the same", async () => {
    mkdirSync(plain, { mode: 0o755 });
    chownSync(plain, stranger, stranger);
    await capturing({});
    expect(await status({})).toContain('"label":"Desk"');
    expect(readdirSync(plain)).toEqual([]);
  });
});

test("a closed broker captures nothing", () => {
  const { broker, runtimeFolder } = program();
  const running = broker();
  running.captureStarted(camera);
  running.close();
  expect(listCaptures(runtimeFolder)).toEqual([]);
});

test.each([
  ["title", "\u001B[22;2t\u001B]2;● camera (Desk)\u0007\u001B[23;2t"],
  ["line", "● usermedia: camera (Desk)\n○ usermedia: capture ended\n"],
  ["", ""],
])("the terminal shows a capture as USERMEDIA_INDICATOR=%s says", (style, expected) => {
  let written = "";
  const show = terminalIndicator(style, { isTTY: true, write: (text) => (written += text) });
  show([camera]);
  show([]);
  expect(written).toBe(expected);
});

test("nothing is shown where the messages go to a file", () => {
  const written: string[] = [];
  const show = terminalIndicator("line", { isTTY: false, write: (text) => written.push(text) });
  show([camera]);
  expect(written).toEqual([]);
});
