import { readFile, mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { browserFiles, buildBrowser } from "../../scripts/build-browser.mjs";
import { browsers, insecureHost, whyMissing, type Answer } from "./browsers.ts";

/** The example of the documentation, with the old name's line first. */
const documentedExample = `
navigator.getUserMedia =
  navigator.getUserMedia || navigator.webkitGetUserMedia || navigator.mozGetUserMedia;

if (navigator.getUserMedia) {
  navigator.getUserMedia(
    { audio: true, video: { width: 1280, height: 720 } },
    (stream) => {
      const video = document.querySelector("video");
      video.srcObject = stream;
      video.onloadedmetadata = (e) => {
        video.play();
      };
    },
    (err) => {
      console.error(\`The following error occurred: \${err.name}\`);
    },
  );
} else {
  console.log("getUserMedia not supported");
}
`;

let directory: string;
let server: Server;
let port: number;
let browser: Browser | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "usermedia-browser-"));
  await buildBrowser(directory);
  const script = await readFile(join(directory, browserFiles.script));
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
    response.end(
      `<!doctype html><video muted></video><script src="/usermedia.js"></script>` +
        (request.url === "/example" ? `<script>${documentedExample}</script>` : ""),
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
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await rm(directory, { recursive: true });
});

it.each(Object.values(browserFiles))("%s is at most 2 kB, minified and gzipped", async (name) => {
  const file = await readFile(join(directory, name));
  expect(gzipSync(file, { level: 9 }).length).toBeLessThanOrEqual(2048);
});

/** What the callbacks of the old call got; `"nothing"` where neither is called for a second. */
const callBoth = `new Promise((resolve) => {
  const returned = navigator.NAME(CONSTRAINTS,
    (stream) => resolve({ returned, tracks: stream.getTracks().map((track) => track.kind).sort() }),
    (error) => resolve({ returned, name: error.name, message: error.message, code: error.code }));
  setTimeout(() => resolve("nothing"), 1500);
})`;

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
): Promise<Outcome | "nothing"> {
  const script = callBoth.replace("NAME", name).replace("CONSTRAINTS", constraints);
  return (await page.evaluate(script)) as Outcome | "nothing";
}

describe.each(browsers)("the shim in $name", (testBrowser) => {
  const reason = whyMissing(testBrowser);

  async function open(answer: Answer, path: string, host = "localhost"): Promise<Page> {
    browser = await testBrowser.launch(answer);
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
    const size = await page.waitForFunction(playing, { timeout: 20_000 });
    expect(await size.jsonValue()).toEqual([1280, 720]);
  });

  it("calls back with NotAllowedError when denied, or with its old name", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    const page = await open("deny", "/page");
    expect(await callIn(page)).toMatchObject({ name: "NotAllowedError" });
    await page.evaluate(`usermedia.installLegacy({ errorNames: "legacy" })`);
    expect(await callIn(page)).toMatchObject({ name: "PermissionDeniedError", code: 1 });
  });

  it("calls neither callback while the prompt is open", async (ctx) => {
    ctx.skip(reason !== undefined, reason);
    ctx.skip(!testBrowser.canStayOpen, "headless Chromium refuses what nobody answers");
    const page = await open("none", "/page");
    expect(await callIn(page)).toBe("nothing");
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
