import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
  expect(readdirSync(runtimeFolder)).toEqual([`${process.pid}.json`]);
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
