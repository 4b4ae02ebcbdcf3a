/**
 * Runs an old page in Node: its scripts in Node's own global, where `node-usermedia/register` has put
 * the capture API, and its document in jsdom. Prints what a visitor gets to see. A program of its
 * own, since it changes globals: `node --import tsx old-page-in-node.ts NAME`.
 */
import "../conformance/runner/canvas-for-jsdom.ts";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { runInThisContext } from "node:vm";
import { JSDOM } from "jsdom";
import { installMediaCapture } from "../../src/dom/index.ts";
import type { DomWindow } from "../../src/dom/dom-window.ts";
import { installLegacy, type LegacyScope } from "../../src/index.ts";
import "../../src/register.ts";
import { until } from "../support/until.ts";
import { pick, scenarios, type Scenario } from "./old-page-scenarios.ts";

const [, , name = ""] = process.argv;
const { window } = new JSDOM(await readFile(`examples/legacy/${name}.html`, "utf8"), {
  url: "https://localhost/",
});
const { document } = window;
const capture = installMediaCapture(window as unknown as DomWindow);
const { HTMLMediaElement } = window;
Object.assign(globalThis, { window: globalThis, document, HTMLMediaElement });
if (name !== "documented-example") {
  const scope = globalThis as unknown as LegacyScope;
  installLegacy({ dialects: true, errorNames: "legacy" }, scope);
}
for (const script of document.querySelectorAll("script")) runInThisContext(script.text);
runInThisContext(pick);

const message = (): string => document.querySelector("#message")?.textContent ?? "";
const given = (scenarios as Partial<Record<string, Scenario>>)[name];
const scenario: Scenario = given ?? {
  steps: [],
  seen: `document.querySelector("video").currentTime > 0`,
};
// The page's own word for what it can't do here ends the visit, too.
const isOver = (): boolean => / no |error|Failed/.test(message());
for (const { when, click, run } of scenario.steps) {
  await until(() => isOver() || Boolean(runInThisContext(when)));
  if (isOver()) break;
  if (click !== undefined) document.querySelector<HTMLElement>(click)?.click();
  if (run !== undefined) runInThisContext(run);
}
await until(() => isOver() || Boolean(runInThisContext(scenario.seen)));

const video = document.querySelector("video");
console.log(
  JSON.stringify({
    message: message(),
    size: [video?.videoWidth, video?.videoHeight],
    download: document.querySelector("#download")?.textContent,
  }),
);
await capture.close();
process.exit();
