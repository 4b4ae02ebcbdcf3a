import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oldPages, startDocsServer, type DocsServer } from "../../scripts/docs-server.ts";
import { missingCommands } from "../support/sound-server.ts";
import { XServer } from "../support/x-server.ts";
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
    if (!browser) return ctx.skip(reason);
    const page = await browser.newPage();
    const errors: unknown[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(`http://localhost:${server.port}/legacy/${name}`);
    await visit(page, scenarios[name]);
    expect(errors).toEqual([]);
    await page.close();
  });
});

/** What `old-page-in-node.ts` prints. */
interface Seen {
  readonly message: string;
  /** Of the page's video, px. */
  readonly size: readonly (number | null)[];
  readonly download?: string;
}

describe("in Node, with node-usermedia/register and jsdom", () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "usermedia-old-pages-"));
  });

  afterAll(() => rm(home, { recursive: true }));

  /** Runs Node on synthetic devices, with no sound server, display or permissions of the machine. */
  async function node(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return promisify(execFile)(process.execPath, args, {
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        DISPLAY: "",
        USERMEDIA_BACKENDS: "synthetic",
        XDG_CONFIG_HOME: home,
        XDG_RUNTIME_DIR: home,
        ...env,
      },
    });
  }

  async function visitInNode(name: string, env?: NodeJS.ProcessEnv): Promise<Seen> {
    const args = ["--import", "tsx", "test/browser/old-page-in-node.ts", name];
    return JSON.parse((await node(args, env)).stdout) as Seen;
  }

  it("the documented example plays as it stands", async () => {
    const { size } = await visitInNode("documented-example");
    expect(size).toEqual([1280, 720]);
  });

  it("the photo booth takes a photo", async () => {
    expect(await visitInNode("photo-booth")).toMatchObject({ message: "", size: [640, 480] });
  });

  it("the source picker changes its source", async () => {
    const { message } = await visitInNode("source-picker");
    expect(message).toMatch(/^Start 2: Synthetic camera/);
  });

  it("the recorder offers its recording", async () => {
    const { download } = await visitInNode("recorder");
    expect(download).toMatch(/^Download \([1-9]\d* bytes\)$/);
  });

  it("a screen is shared", async (ctx) => {
    const missing = missingCommands("Xvfb");
    ctx.skip(missing !== undefined, missing);
    const screen = await XServer.start();
    try {
      const { message, size } = await visitInNode("screen-share", {
        DISPLAY: screen.display,
        USERMEDIA_BACKENDS: "x11",
        USERMEDIA_PERMISSIONS: "display-capture=granted",
      });
      expect({ message, size }).toEqual({ message: "Stopped", size: [640, 480] });
    } finally {
      await screen.stop();
    }
  });

  it("the audio meter gets its stream; jsdom has no Web Audio to measure it", async () => {
    const { message } = await visitInNode("audio-meter");
    expect(message).toBe("There is no Web Audio here");
  });

  /** The documented example in Node, with no DOM but a video that tells what it was given. */
  async function exampleAlone(env?: NodeJS.ProcessEnv) {
    const page = await readFile("examples/legacy/documented-example.html", "utf8");
    const [, example = ""] = /<script>(.*)<\/script>/s.exec(page) ?? [];
    const program = `
      import "node-usermedia/register";
      import { runInThisContext } from "node:vm";
      const video = {
        set srcObject(stream) {
          console.log(JSON.stringify({
            isStream: stream instanceof MediaStream,
            kinds: stream.getTracks().map((track) => track.kind).sort(),
            width: stream.getVideoTracks()[0].getSettings().width,
          }));
          for (const track of stream.getTracks()) track.stop();
        },
      };
      globalThis.document = { querySelector: () => video };
      runInThisContext(${JSON.stringify(example)});`;
    return node(["--input-type=module", "-e", program], env);
  }

  it("the documented example in Node alone gets as far as its stream, and the program ends", async () => {
    const { stdout } = await exampleAlone();
    const expected = { isStream: true, kinds: ["audio", "video"], width: 1280 };
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it("the documented example in Node alone names its error", async () => {
    const { stderr } = await exampleAlone({ USERMEDIA_BACKENDS: "file" });
    expect(stderr).toContain("The following error occurred: NotFoundError");
  });
});
