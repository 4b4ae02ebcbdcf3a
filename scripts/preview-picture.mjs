/** Makes the picture of docs/preview.md: the page in Chromium. Needs `npm run build` and Chromium. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "usermedia-preview-"));
const command = spawn(process.execPath, [at("../dist/entries/cli.js"), "preview", "--no-browser"], {
  cwd: folder,
  env: { ...process.env, USERMEDIA_BACKENDS: "synthetic", USERMEDIA_CONFIG_DIR: folder },
  stdio: ["ignore", "ignore", "pipe"],
});
const url = await new Promise((resolve) => {
  let said = "";
  command.stderr.on("data", (chunk) => {
    said += chunk;
    const [found] = /http:\S+(?=;)/u.exec(said) ?? [];
    if (found) resolve(found);
  });
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({ viewport: { width: 780, height: 800 } });
await page.goto(url);
await page.getByRole("button", { name: "Record" }).click();
await page.getByText("REC", { exact: true }).waitFor();
await page.waitForFunction(() => document.querySelector("meter").value > -30);
await page.screenshot({ path: at("../docs/images/preview-page.png") });
await browser.close();
command.kill("SIGINT");
await new Promise((resolve) => command.once("exit", resolve));
rmSync(folder, { recursive: true });
