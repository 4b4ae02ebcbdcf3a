/**
 * Makes the pictures of docs/permissions.md: the prompt page in Chromium, and the terminal's prompt
 * as text, both as the built package shows them. Needs `npm run build`, Chromium and tmux.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "usermedia-pictures-"));
const images = at("../docs/images");
const page = at("../docs/permissions.md");

const kinds = [
  {
    name: "camera",
    reason: "Films the experiment",
    devices: [
      { key: "synthetic:camera-1", label: "HD Pro Webcam C920" },
      { key: "synthetic:camera-2", label: "Microscope" },
    ],
  },
  {
    name: "microphone",
    reason: "Hears the experiment",
    devices: [{ key: "synthetic:microphone-1", label: "Built-in Audio" }],
  },
];

async function pictureOfPage() {
  const { createMediaCapture } = await import("../dist/backend.js");
  const { SyntheticBackend } = await import("../dist/backends/synthetic/index.js");
  const { systemClock } = await import("../dist/engine/clock/system-clock.js");
  const { PagePrompt } = await import("../dist/permission/prompts/page/page-prompt.js");
  const capture = createMediaCapture({
    backends: [new SyntheticBackend({ clock: systemClock })],
    permission: { query: () => "granted", request: async () => [], watch: () => () => undefined },
  });
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const tab = await browser.newPage({ viewport: { width: 640, height: 900 } });
  const prompt = new PagePrompt({
    isAvailable: () => true,
    preview: capture.preview,
    open: async (url) => void (await tab.goto(url)),
  });
  const application = { name: "lab-recorder", path: "/home/ada/lab-recorder/main.js" };
  const question = { application, kinds, canRemember: true };
  const answer = prompt.ask(question, new AbortController().signal);
  const previews = tab.getByRole("button", { name: "Preview", exact: true });
  await previews.first().click();
  await previews.last().click();
  await tab.locator("canvas[data-pictures]").waitFor();
  const loudness = async () => Number(await tab.locator("meter").getAttribute("value"));
  while ((await loudness()) < 0.5) await tab.waitForTimeout(20);
  await tab.locator("main").screenshot({ path: join(images, "permission-page.png") });
  await tab.keyboard.press("Escape");
  await answer;
  await browser.close();
  await capture.close();
}

async function textOfTerminal() {
  const entry = join(folder, "main.mjs");
  writeFileSync(
    entry,
    `import { TerminalPrompt } from ${JSON.stringify(at("../dist/permission/prompts/terminal/terminal-prompt.js"))};
    const application = { name: "lab-recorder", path: "/home/ada/lab-recorder/main.js" };
    const question = { application, kinds: ${JSON.stringify(kinds)}, canRemember: true };
    await new TerminalPrompt().ask(question, new AbortController().signal);`,
  );
  const tmux = (...args) =>
    execFileSync("tmux", ["-S", join(folder, "tmux"), ...args], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8", TMUX: "" },
    });
  tmux("-f", "/dev/null", "new-session", "-d", "-x", "72", "-y", "20", `NO_COLOR=1 node ${entry}`);
  let screen = "";
  while (!screen.includes("Esc: decide later")) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    screen = tmux("capture-pane", "-p");
  }
  tmux("kill-server");
  return screen.trimEnd();
}

mkdirSync(images, { recursive: true });
await pictureOfPage();
const picture = `<!-- terminal -->\n\n\`\`\`text\n${await textOfTerminal()}\n\`\`\`\n\n<!-- /terminal -->`;
const text = readFileSync(page, "utf8");
writeFileSync(
  page,
  text.replace(/<!-- terminal -->[^]*<!-- \/terminal -->/u, () => picture),
);
rmSync(folder, { recursive: true });
