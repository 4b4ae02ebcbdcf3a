import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { noChromiumBecause, openChromium } from "../support/chromium.ts";
import { readFrameMark } from "../support/read-frame-mark.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What a browser's page gives of its picture: brightness, a byte for each pixel, in base64. */
interface Seen {
  readonly width: number;
  readonly height: number;
  readonly luma: string;
}

const look = `(() => {
  const video = document.querySelector("video");
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) return { width, height, luma: "" };
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let luma = "";
  for (let at = 0; at < data.length; at += 4) {
    luma += String.fromCharCode(0.3 * data[at] + 0.59 * data[at + 1] + 0.11 * data[at + 2]);
  }
  return { width, height, luma: btoa(luma) };
})()`;

test("Chromium sees the camera's pictures, one after the other", async (context) => {
  if (noChromiumBecause !== undefined) context.skip(noChromiumBecause);
  const cwd = temporaryFolder();
  const child = spawn(process.execPath, [resolve("examples/call-a-browser.mjs")], {
    cwd,
    env: { ...process.env, USERMEDIA_BACKENDS: "synthetic", USERMEDIA_CONFIG_DIR: cwd },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  const [address] = (await once(child.stdout, "data")) as [Buffer];
  const browser = await openChromium();
  const page = await browser.newPage();
  await page.goto(address.toString().trim());

  const numberSeen = async (): Promise<number> => {
    const { height, luma, width } = await page.evaluate<Seen>(look);
    if (width === 0) return -1;
    return readFrameMark({ data: Buffer.from(luma, "base64"), width, height })?.number ?? -1;
  };
  await expect.poll(numberSeen, { timeout: 40_000 }).toBeGreaterThanOrEqual(0);
  const first = await numberSeen();
  await expect.poll(numberSeen, { timeout: 20_000 }).toBeGreaterThan(first);
});
