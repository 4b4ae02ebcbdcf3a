import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { onTestFinished } from "vitest";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** Why there can be no Chromium here; `undefined` where there can. */
export const noChromiumBecause = existsSync(executablePath)
  ? undefined
  : `${executablePath} isn't installed`;

/** A Chromium without a window, with a profile of its own, until the test has ended. */
export async function openChromium(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  onTestFinished(() => browser.close());
  return browser;
}
