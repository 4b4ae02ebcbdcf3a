import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";

import { noChromiumBecause, openChromium } from "../support/chromium.ts";
import { headerDuration } from "../support/header-duration.ts";
import { probe } from "../support/probe.ts";
import { runCommand, RunningCommand } from "../support/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

beforeEach((context) => {
  if (noChromiumBecause !== undefined) context.skip(noChromiumBecause);
});

const synthetic = { USERMEDIA_BACKENDS: "synthetic" };

async function opened(folder: string) {
  const args = ["preview", "--no-browser", "--folder", "takes"];
  const command = new RunningCommand(args, folder, synthetic);
  await command.untilSaid("Ctrl-C");
  const [url = ""] = /http:\S+[0-9a-f]{64}/u.exec(command.err) ?? [];
  const browser = await openChromium();
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  await page.getByRole("button", { name: "Snapshot" }).waitFor();
  return { browser, command, page, problems, url };
}

/** The width of the picture that the page shows now, in px, once there is one. */
async function shownWidth(page: Page): Promise<number> {
  const picture = page.getByAltText("Live picture");
  await expect.poll(() => widthOf(picture)).toBeGreaterThan(0);
  return await widthOf(picture);
}

function widthOf(picture: ReturnType<Page["getByAltText"]>): Promise<number> {
  return picture.evaluate((element) => Number(Reflect.get(element, "naturalWidth")));
}

test("The page shows a moving picture and the loudness, and its address works once", async () => {
  const folder = temporaryFolder();
  const { browser, command, page, problems, url } = await opened(folder);
  await expect.poll(() => shownWidth(page)).toBe(640);
  const picture = page.getByAltText("Live picture");
  const before = await picture.screenshot();
  await expect.poll(async () => (await picture.screenshot()).equals(before)).toBe(false);
  const level = () => page.getByLabel("Loudness").evaluate((meter) => Reflect.get(meter, "value"));
  await expect.poll(level, { interval: 20 }).toBeGreaterThan(-30);
  await expect.poll(level, { interval: 20 }).toBeLessThan(-50);
  const stranger = await browser.newContext();
  const refused = await (await stranger.newPage()).goto(url);
  expect(refused?.status()).toBe(403);
  expect(problems).toEqual([]);
  command.child.kill("SIGINT");
  await page.getByText("The preview has ended.").waitFor();
  expect((await command.ended).code).toBe(0);
});

test("Another camera and another size are shown when they are picked", async () => {
  const folder = temporaryFolder();
  const { command, page } = await opened(folder);
  await page.getByLabel("Size").selectOption("320x240");
  await page.getByText("320x240,").waitFor();
  await expect.poll(() => shownWidth(page)).toBe(320);
  const labels = await page.getByLabel("Camera").locator("option").allTextContents();
  expect(labels.length).toBeGreaterThan(1);
  await page.getByLabel("Camera").selectOption({ index: 1 });
  await expect.poll(() => page.locator("#message").textContent()).toBe("");
  await expect.poll(() => page.getByLabel("Camera").inputValue()).not.toBe("");
  await expect.poll(() => shownWidth(page)).toBeGreaterThan(0);
  command.child.kill("SIGINT");
  await command.ended;
});

test("The buttons take pictures and recordings into the folder", async () => {
  const folder = temporaryFolder();
  const { command, page } = await opened(folder);
  const files = (ending: string) =>
    readdirSync(join(folder, "takes"))
      .filter((name) => name.endsWith(ending))
      .map((name) => join(folder, "takes", name));
  await page.getByRole("button", { name: "Snapshot" }).click();
  await page.getByText("Saved snapshot").waitFor();
  const [photo = ""] = files(".jpg");
  const shown = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Open snapshot" }).click();
  const popup = await shown;
  await popup.waitForURL(/^blob:/u);
  await popup.close();
  expect((await probe(photo)).streams).toMatchObject([{ codec_name: "mjpeg", width: 640 }]);

  await page.getByRole("button", { name: "Record" }).click();
  await page.getByText(/^REC 00:0\d$/).waitFor();
  await page.getByText("synthetic", { exact: true }).waitFor();
  expect(await page.getByLabel("Camera").isDisabled()).toBe(true);
  const [recording = ""] = files(".webm");
  await expect.poll(() => statSync(recording).size, { timeout: 20_000 }).toBeGreaterThan(100_000);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Saved recording").waitFor();
  expect((await probe(recording)).streams).toHaveLength(2);
  expect(await headerDuration(recording)).toBeGreaterThan(0.2);

  // What runs when the command ends is finished, too.
  await page.getByRole("button", { name: "Record" }).click();
  await expect.poll(() => files(".webm").length).toBe(2);
  const [second = ""] = files(".webm").filter((file) => file !== recording);
  await expect.poll(() => statSync(second).size, { timeout: 20_000 }).toBeGreaterThan(50_000);
  command.child.kill("SIGINT");
  expect(await command.ended).toMatchObject({
    code: 0,
    err: expect.not.stringContaining("usermedia:"),
  });
  expect(await headerDuration(second)).toBeGreaterThan(0.1);
});

test("Without devices there is no page, and exit code 4", async () => {
  const env = { USERMEDIA_BACKENDS: "file", USERMEDIA_FILES: "/nonexistent" };
  const { code, err } = await runCommand(["preview", "--no-browser"], temporaryFolder(), env);
  expect([code, err]).toEqual([4, expect.stringContaining("usermedia: ")]);
});
