import { readFile, mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { browserFiles, buildBrowser } from "../../scripts/build-browser.mjs";
import { until } from "../support/until.ts";
import { Desktop } from "./desktop.ts";
import { browsers, insecureHost, whyMissing, type Answer } from "./browsers.ts";

let directory: string;
let server: Server;
let port: number;
let browser: Browser | undefined;
let desktop: Desktop | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "usermedia-browser-"));
  await buildBrowser(directory);
  const script = await readFile(join(directory, browserFiles.script));
  const example = await readFile("examples/legacy/documented-example.html", "utf8");
  server = createServer((request, response) => {
    if (request.url === "/usermedia.js") {
      response.setHeader("content-type", "text/javascript").end(script);
      return;
    }
    response.setHeader("content-type", "text/html");
    if (request.url === "/frame") {
      response.end(`<iframe src="http://127.0.0.1:${port}/page"></iframe>`);
      return;
    }
    const shim = `<script src="/usermedia.js"></script>`;
    response.end(
      request.url === "/example"
        ? example.replace("<head>", `<head>${shim}`)
        : `<!doctype html><video muted></video>${shim}`,
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  ({ port } = server.address() as AddressInfo);
});

afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await desktop?.close();
  desktop = undefined;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await rm(directory, { recursive: true });
});

it.each(Object.values(browserFiles))("%s is at most 2.5 kB, minified and gzipped", async (name) => {
  const file = await readFile(join(directory, name));
  expect(gzipSync(file, { level: 9 }).length).toBeLessThanOrEqual(2560);
});

/** Puts what the callbacks of the old call get into `outcome`, and is it in the end. */
const callBoth = `outcome = undefined; new Promise((resolve) => {
  const returned = navigator.NAME(CONSTRAINTS,
    (stream) => resolve({ returned, tracks: stream.getTracks().map((track) => track.kind).sort() }),
    (error) => resolve({ returned, name: error.name, message: error.message, code: error.code }));
}).then((result) => outcome = result)`;

interface Outcome {
  tracks?: string[];
  name?: string;
  message?: string;
  code?: number;
}

async function callIn(
  page: Pick<Page, "evaluate">,
  name = "getUserMedia",
  constraints = "{ audio: true, video: true }",
): Promise<Outcome> {
  const script = callBoth.replace("NAME", name).replace("CONSTRAINTS", constraints);
  return (await page.evaluate(script)) as Outcome;
}

/** Calls, and comes back when the browser has long had the time to refuse. */
async function callAndLookAround(page: Page): Promise<void> {
  const script = callBoth.replace("NAME", "getUserMedia").replace("CONSTRAINTS", "{ video: true }");
  await page.evaluate(`void (${script.replace("outcome = undefined; ", "")})`);
  for (let times = 0; times < 20; times += 1) {
    await page.evaluate("navigator.mediaDevices.enumerateDevices().then(() => {})");
  }
}

/** Takes away what came after 2013, before the shim looks. */
function engineOf2013(): void {
  const { mediaDevices } = navigator;
  type OldCall = (
    constraints: { video: unknown },
    success: (stream: MediaStream) => void,
    failure: (error: object) => void,
  ) => void;
  const webkitGetUserMedia: OldCall = (constraints, success, failure) => {
    if (constraints.video === "missing") failure({ name: "DevicesNotFoundError" });
    else mediaDevices.getUserMedia(constraints as MediaStreamConstraints).then(success, failure);
  };
  for (const name of ["mediaDevices", "getUserMedia", "mozGetUserMedia"]) {
    Reflect.deleteProperty(Navigator.prototype, name);
  }
  Object.assign(Navigator.prototype, { webkitGetUserMedia });
}

describe.each(browsers)("the shim in $name", (testBrowser) => {
  const reason = whyMissing(testBrowser);

  async function open(answer: Answer, path: string, host = "localhost"): Promise<Page> {
    browser = await testBrowser.launch(answer, desktop);
    const page = await browser.newPage();
    await page.goto(`http://${host}:${port}${path}`);
    return page;
  }

  it("calls back with a stream when allowed, by each of the three names", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    const page = await open("allow", "/page");
    for (const name of ["getUserMedia", "webkitGetUserMedia", "mozGetUserMedia"]) {
      expect(await callIn(page, name)).toMatchObject({ tracks: ["audio", "video"] });
    }
  });

  it("plays the documented example as it stands", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    const page = await open("allow", "/example");
    const playing = `(() => {
      const video = document.querySelector("video");
      return video.currentTime > 0 && [video.videoWidth, video.videoHeight];
    })()`;
    const size = await page.waitForFunction(playing, { timeout: 0 });
    expect(await size.jsonValue()).toEqual([1280, 720]);
  });

  it("names the error of the documented example when denied", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    browser = await testBrowser.launch("deny");
    const page = await browser.newPage();
    const told = new Promise((resolve) => {
      page.on("console", (message) => {
        if (/error occurred/.test(message.text())) resolve(message.text());
      });
    });
    await page.goto(`http://localhost:${port}/example`);
    expect(await told).toBe("The following error occurred: NotAllowedError");
  });

  it("calls back with NotAllowedError when denied, or with its old name", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    const page = await open("deny", "/page");
    expect(await callIn(page)).toMatchObject({ name: "NotAllowedError" });
    await page.evaluate(`usermedia.installLegacy({ errorNames: "legacy" })`);
    expect(await callIn(page)).toMatchObject({ name: "PermissionDeniedError", code: 1 });
  });

  it("calls neither callback while the prompt is open", async (ctx) => {
    const needsDesktop = !testBrowser.promptsHeadless;
    const missing = reason ?? (needsDesktop ? Desktop.missing() : undefined);
    ctx.skip(missing !== undefined, missing);
    if (needsDesktop) desktop = await Desktop.start();
    const page = await open("none", "/page");
    await callAndLookAround(page);
    expect(await page.evaluate("String(globalThis.outcome)")).toBe("undefined");
  });

  it("calls back with the old name of a prompt that was closed", async (ctx) => {
    const missing = reason ?? Desktop.missing();
    ctx.skip(missing !== undefined, missing);
    ctx.skip(testBrowser.promptsHeadless, "Firefox keeps a request open whose prompt was closed");
    desktop = await Desktop.start();
    const page = await open("none", "/page");
    await page.evaluate(`usermedia.installLegacy({ errorNames: "legacy" })`);
    await callAndLookAround(page);
    // A key that comes before the prompt is shown does nothing.
    await until(async () => {
      desktop?.press("Escape");
      return (await page.evaluate("String(globalThis.outcome)")) !== "undefined";
    });
    expect(await page.evaluate("outcome")).toMatchObject({
      name: "PermissionDismissedError",
      code: 1,
    });
  });

  it("gives an engine that has a prefixed call alone the promise form", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    browser = await testBrowser.launch("allow");
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(engineOf2013);
    await page.goto(`http://localhost:${port}/page`);
    expect(
      await page.evaluate(`navigator.mediaDevices.getUserMedia({ audio: true, video: true })
        .then((stream) => stream.getTracks().map((track) => track.kind).sort())`),
    ).toEqual(["audio", "video"]);
    expect(
      await page.evaluate(`navigator.mediaDevices.getUserMedia({ video: "missing" })
        .catch((error) => error instanceof DOMException && error.name)`),
    ).toBe("NotFoundError");
    expect(await callIn(page, "getUserMedia")).toMatchObject({ tracks: ["audio", "video"] });
  });

  it("takes webkit's dialect", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    const page = await open("allow", "/page");
    await page.evaluate(`usermedia.installLegacy({ dialects: true })`);
    const constraints = `{ video: { mandatory: { minWidth: 320, maxWidth: 640 }, optional: [] } }`;
    expect(await callIn(page, "webkitGetUserMedia", constraints)).toMatchObject({
      tracks: ["video"],
    });
  });

  it("leaves the choice of a screen to the person whom the browser asks", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    ctx.skip(!testBrowser.sharesHeadless, "headless Firefox has no screen; old pages share one");
    const page = await open("allow", "/page");
    await page.evaluate(`usermedia.installLegacy({ dialects: true })`);
    const mandatory = `{ chromeMediaSource: "desktop", chromeMediaSourceId: "web-contents:1" }`;
    const constraints = `{ video: { mandatory: ${mandatory} } }`;
    expect(await callIn(page, "webkitGetUserMedia", constraints)).toMatchObject({
      tracks: ["video"],
    });
  });

  it("says that an http page needs https or localhost", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    const page = await open("allow", "/page", insecureHost);
    expect(await callIn(page)).toMatchObject({
      name: "SecurityError",
      message: expect.stringMatching(/https or localhost/) as string,
    });
  });

  it("refuses in a frame of another origin that was given no permission", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    const page = await open("allow", "/frame");
    const frame = await page.waitForFrame(`http://127.0.0.1:${port}/page`);
    expect(await callIn(frame)).toMatchObject({ name: "NotAllowedError" });
  });
});
