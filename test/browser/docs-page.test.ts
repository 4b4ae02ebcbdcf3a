import { request } from "node:http";
import type { Browser } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { oldPages, startDocsServer, type DocsServer } from "../../scripts/docs-server.ts";
import { browsers, whyMissing } from "./browsers.ts";

const [chromium] = browsers.filter(({ name }) => name === "Chromium");

let server: DocsServer;
let browser: Browser | undefined;

beforeAll(async () => {
  server = await startDocsServer(0);
});

afterEach(async () => {
  await browser?.close();
  browser = undefined;
});

afterAll(() => server.close());

/** The status of the answer to a request that names this host. */
function statusFor(host: string, method = "GET"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: server.port, method, headers: { host } });
    asked.on("error", reject);
    asked.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.end();
  });
}

describe("the live page of the documentation", () => {
  it("is served to this machine under its own names alone", async () => {
    expect(await statusFor(`localhost:${server.port}`)).toBe(200);
    expect(await statusFor(`127.0.0.1:${server.port}`)).toBe(200);
    expect(await statusFor(`attacker.test:${server.port}`)).toBe(403);
    expect(await statusFor("localhost")).toBe(403);
    expect(await statusFor(`localhost:${server.port}`, "POST")).toBe(405);
  });

  it("plays the documented example beside its source, and shows each old page", async (ctx) => {
    const missing = chromium ? whyMissing(chromium) : "no Chromium";
    if (!chromium || missing !== undefined) return ctx.skip(missing);
    browser = await chromium.launch("allow");
    const page = await browser.newPage();
    await page.goto(`http://localhost:${server.port}/`);
    await page.waitForFunction(
      `document.querySelector("iframe").contentDocument?.querySelector("video")?.currentTime > 0`,
      { timeout: 0 },
    );
    const source = `document.querySelector("pre").textContent`;
    expect(await page.evaluate(source)).toContain("navigator.webkitGetUserMedia ||");
    expect(await page.evaluate(`document.querySelector("#native").textContent`)).toContain(
      "getUserMedia",
    );
    for (const name of oldPages) {
      await page.click(`nav a[href="#${name}"]`);
      await page.waitForFunction(
        `(({ contentWindow }) => contentWindow.location.pathname === "/legacy/${name}" &&
          contentWindow.document.querySelector("h1"))(document.querySelector("iframe"))`,
        { timeout: 0 },
      );
      const title = `document.querySelector("iframe").contentDocument.title`;
      await page.waitForFunction(`${source}.includes("<title>" + ${title} + "</title>")`, {
        timeout: 0,
      });
    }
  });
});
