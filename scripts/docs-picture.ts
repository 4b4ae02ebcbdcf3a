// The picture of the documentation's live page, in docs/images/.
import { startDocsServer } from "./docs-server.ts";
import puppeteer from "puppeteer-core";

const server = await startDocsServer(0);
const browser = await puppeteer.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
  ],
  defaultViewport: { width: 1240, height: 800 },
});
try {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${server.port}/#photo-booth`);
  const frame = await page.waitForFrame((each) => each.url().endsWith("/photo-booth"));
  await frame.waitForFunction(`document.querySelector("video").currentTime > 1`);
  await frame.click("#snap");
  await page.screenshot({ path: "docs/images/old-pages.png" });
} finally {
  await browser.close();
  await server.close();
}
