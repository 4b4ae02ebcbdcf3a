import { once } from "node:events";
import { connect } from "node:net";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type {
  PromptAnswer,
  PromptQuestion,
} from "../../src/permission/prompts/permission-prompt.ts";
import { PagePrompt } from "../../src/permission/prompts/page/page-prompt.ts";
import type { PreviewProvider } from "../../src/permission/prompts/page/preview-provider.ts";
import { CaptureRegister } from "../../src/permission/indicator/capture-register.ts";
import { noChromiumBecause, openChromium } from "../support/chromium.ts";

beforeEach((ctx) => {
  if (noChromiumBecause !== undefined) ctx.skip(noChromiumBecause);
});

const question: PromptQuestion = {
  application: { name: "recorder <b>", path: "/srv/recorder/main.js" },
  canRemember: true,
  kinds: [
    {
      name: "camera",
      reason: "Films <img src=x onerror=alert(1)> the experiment",
      devices: [
        { key: "test:desk", label: "Desk Camera" },
        { key: "test:door", label: "</script><script>alert(1)</script>" },
      ],
    },
    {
      name: "microphone",
      reason: undefined,
      devices: [{ key: "test:sound", label: "Built-in Audio" }],
    },
  ],
};

/** What the test uses of `CanvasRenderingContext2D`, whose type comes with a browser's library. */
interface CanvasContext {
  getImageData(x: number, y: number, width: number, height: number): { data: Iterable<number> };
}

/** Pictures of one colour for each camera, and a steady loudness, as long as they are wanted. */
class ColourPreview implements PreviewProvider {
  readonly open = new Set<string>();

  async *pictures(deviceKey: string, signal: AbortSignal) {
    const colour = deviceKey === "test:desk" ? [200, 30, 10, 255] : [10, 30, 200, 255];
    const data = Uint8Array.from({ length: 16 * 12 * 4 }, (_value, at) => colour[at % 4] ?? 0);
    yield* this.#repeat(deviceKey, { width: 16, height: 12, data }, signal);
  }

  async *levels(deviceKey: string, signal: AbortSignal) {
    yield* this.#repeat(deviceKey, 0.625, signal);
  }

  async *#repeat<Value>(deviceKey: string, value: Value, signal: AbortSignal) {
    this.open.add(deviceKey);
    try {
      while (!signal.aborted) {
        yield value;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      this.open.delete(deviceKey);
    }
  }
}

async function asked(options: { canRemember?: boolean; closedAfterMs?: number } = {}) {
  const preview = new ColourPreview();
  const shown: string[][] = [];
  const listed = new CaptureRegister({
    application: { name: "app", path: undefined, packageName: undefined, folder: "/", ids: [] },
    publish: ({ captures }) => void shown.push(captures.map(({ label }) => label)),
    show: () => undefined,
  });
  const controller = new AbortController();
  let answer: Promise<PromptAnswer | undefined> = Promise.resolve(undefined);
  const url = await new Promise<string>((resolve, reject) => {
    const prompt = new PagePrompt({
      isAvailable: () => true,
      open: async (url) => resolve(url),
      preview: { provider: preview, started: (capture) => listed.start(capture) },
      closedAfterMs: options.closedAfterMs ?? 3000,
    });
    answer = prompt.ask({ ...question, ...options }, controller.signal);
    answer.catch(reject);
  });
  const browser = await openChromium();
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(url);
  await page.getByRole("button", { name: "Allow once" }).waitFor();
  return { answer, browser, controller, page, preview, problems, shown, url };
}

test("the page says who asks for what, and shows what comes from outside as text", async () => {
  const { page, problems } = await asked();
  expect(await page.getByRole("heading").textContent()).toBe(
    "recorder <b> wants to use your camera and microphone",
  );
  expect(await page.getByText("/srv/recorder/main.js").isVisible()).toBe(true);
  expect(await page.locator("blockquote").textContent()).toBe(question.kinds[0]?.reason);
  expect(await page.getByLabel("Camera").locator("option").allTextContents()).toEqual([
    "Desk Camera",
    "</script><script>alert(1)</script>",
  ]);
  expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/u);
  expect(problems).toEqual([]);
});

test.each([
  ["Allow once", "once"],
  ["Allow always", "always"],
  ["Block", "block"],
])("%s is the answer of its button", async (button, choice) => {
  const { page, answer } = await asked();
  await page.getByRole("button", { name: button }).click();
  expect(await answer).toEqual({ choice, devices: {} });
  await page.getByText("You can close this page.").waitFor();
});

test("a device that is picked is part of the answer", async () => {
  const { page, answer } = await asked();
  await page.getByLabel("Camera").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Allow always" }).click();
  expect(await answer).toEqual({ choice: "always", devices: { camera: "test:door" } });
});

test("what can't be remembered isn't offered to be", async () => {
  const { page } = await asked({ canRemember: false });
  expect(await page.getByRole("button", { name: "Allow always" }).count()).toBe(0);
});

test("a preview shows the picked camera, once it is asked for, and is listed as long as it runs", async () => {
  const { page, preview, answer, shown } = await asked();
  expect(preview.open.size).toBe(0);
  const camera = page.locator(".kind").first();
  await camera.getByRole("button", { name: "Preview" }).click();
  await page.locator("canvas[data-pictures]").waitFor();
  const colour = () =>
    page.locator("canvas").evaluate((canvas) => {
      const context: CanvasContext = Reflect.apply(Reflect.get(canvas, "getContext"), canvas, [
        "2d",
      ]);
      return [...context.getImageData(8, 6, 1, 1).data];
    });
  expect(await colour()).toEqual([200, 30, 10, 255]);
  await page.getByLabel("Camera").selectOption({ index: 1 });
  await expect.poll(colour).toEqual([10, 30, 200, 255]);
  await expect.poll(() => [...preview.open]).toEqual(["test:door"]);
  expect(shown[0]).toEqual(["Desk Camera"]);
  await expect.poll(() => shown.at(-1)).toEqual(["</script><script>alert(1)</script>"]);
  await page.getByRole("button", { name: "Allow once" }).click();
  expect(await answer).toMatchObject({ choice: "once" });
  await expect.poll(() => preview.open.size).toBe(0);
  await expect.poll(() => shown.at(-1)).toEqual([]);
});

test("a meter shows how loud the microphone is", async () => {
  const { page } = await asked();
  const microphone = page.locator(".kind").last();
  await microphone.getByRole("button", { name: "Preview" }).click();
  await expect.poll(() => page.locator("meter").getAttribute("value")).toBe("0.625");
});

test("Esc decides nothing", async () => {
  const { page, answer } = await asked();
  await page.keyboard.press("Escape");
  expect(await answer).toBeUndefined();
});

test("a closed page decides nothing", async () => {
  const { page, answer } = await asked({ closedAfterMs: 100 });
  await page.close();
  expect(await answer).toBeUndefined();
});

test("a page that is loaded anew goes on, and its first address is spent", async () => {
  const { page, answer, browser, url } = await asked();
  await page.reload();
  await page.getByRole("button", { name: "Allow once" }).waitFor();
  const stranger = await (await browser.newContext()).newPage();
  expect((await stranger.goto(url))?.status()).toBe(403);
  await page.getByRole("button", { name: "Allow once" }).click();
  expect(await answer).toMatchObject({ choice: "once" });
});

test("a withdrawn question says so on the page", async () => {
  const { page, answer, controller } = await asked();
  controller.abort();
  expect(await answer).toBeUndefined();
  await page.getByText("The program doesn't ask any more").waitFor();
});

test("forty idle connections don't shut the person's page out", async () => {
  const preview = undefined;
  let answer: Promise<PromptAnswer | undefined> = Promise.resolve(undefined);
  const url = await new Promise<string>((resolve) => {
    const open = async (url: string): Promise<void> => resolve(url);
    const prompt = new PagePrompt({ isAvailable: () => true, open, preview });
    answer = prompt.ask(question, new AbortController().signal);
  });
  const port = Number(new URL(url).port);
  const idle = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const socket = connect(port, "127.0.0.1").on("error", () => undefined);
      onTestFinished(() => void socket.destroy());
      await once(socket, "connect");
      return socket;
    }),
  );
  const page = await (await openChromium()).newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "Block" }).click();
  expect(await answer).toMatchObject({ choice: "block" });
  expect(idle.some(({ destroyed }) => !destroyed)).toBe(true);
});

test("a page of someone else can neither read nor answer", async () => {
  const { browser, page, url, answer } = await asked();
  const { origin } = new URL(url);
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto("data:text/html,<title>stranger</title>");
  const outcome = await stranger.evaluate(async (origin) => {
    const post = (body: string, type: string) =>
      fetch(`${origin}/answer`, { method: "POST", body, headers: { "content-type": type } }).then(
        ({ status }) => status,
        () => "blocked",
      );
    return await Promise.all([
      post('{"choice":"always","devices":{}}', "text/plain"),
      post('{"choice":"always","devices":{}}', "application/json"),
      fetch(`${origin}/question`).then(
        ({ status }) => status,
        () => "blocked",
      ),
    ]);
  }, origin);
  expect(outcome).toEqual(["blocked", "blocked", "blocked"]);
  await page.getByRole("button", { name: "Block" }).click();
  expect(await answer).toMatchObject({ choice: "block" });
});
