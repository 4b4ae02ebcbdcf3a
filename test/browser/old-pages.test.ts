import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oldPages, startDocsServer, type DocsServer } from "../../scripts/docs-server.ts";
import { browsers, whyMissing } from "./browsers.ts";
import { Desktop } from "./desktop.ts";
import { pick, scenarios, type Scenario } from "./old-page-scenarios.ts";

let server: DocsServer;

beforeAll(async () => {
  server = await startDocsServer(0);
});

afterAll(() => server.close());

async function visit(page: Page, { steps, seen }: Scenario): Promise<void> {
  await page.evaluate(pick);
  for (const { when, click, run } of steps) {
    await page.waitForFunction(when, { timeout: 0 });
    if (click !== undefined) await page.click(click);
    if (run !== undefined) await page.evaluate(run);
  }
  await page.waitForFunction(seen, { timeout: 0 });
}

describe.each(browsers)("a page of 2012 to 2016 in $name, with the shim", (testBrowser) => {
  const needsDesktop = !testBrowser.sharesHeadless;
  const reason = whyMissing(testBrowser) ?? (needsDesktop ? Desktop.missing() : undefined);
  let desktop: Desktop | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    if (reason !== undefined) return;
    if (needsDesktop) desktop = await Desktop.start();
    browser = await testBrowser.launch("allow", desktop);
  });

  afterAll(async () => {
    await browser?.close();
    await desktop?.close();
  });

  it.for(oldPages)("works as it was written: %s", async (name, ctx) => {
    if (!browser) ctx.skip(reason);
    const page = await browser.newPage();
    const errors: unknown[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(`http://localhost:${server.port}/legacy/${name}`);
    await visit(page, scenarios[name]);
    expect(errors).toEqual([]);
    await page.close();
  });
});
