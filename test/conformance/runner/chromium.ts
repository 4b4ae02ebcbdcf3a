import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { BrowserContext, CDPSession } from "playwright-core";
import type { Test } from "./corpus.ts";
import type { Respond } from "./respond.ts";
import type { HarnessStatus, Result } from "./result.ts";
import { originOf } from "./substitute.ts";
import { timeLimitMs } from "./time-limit.ts";

const EXECUTABLES = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--autoplay-policy=no-user-gesture-required",
  "--use-fake-device-for-media-stream",
];

/** The browser on this machine. */
export function findChromium(): string | undefined {
  return EXECUTABLES.find((path) => existsSync(path));
}

export interface ChromiumRunner {
  readonly version: string;
  runTest(test: Test, respond: Respond): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Starts Chromium with fake devices and a new profile.
 *
 * @param fakeUi - it answers every request itself, and then ignores what testdriver denies
 */
export async function startChromium(fakeUi: boolean): Promise<ChromiumRunner> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("Chromium isn't installed on this machine.");
  const profile = await mkdtemp(join(tmpdir(), "usermedia-chromium-"));
  const args = [...FLAGS, ...(fakeUi ? ["--use-fake-ui-for-media-stream"] : [])];
  const context = await chromium.launchPersistentContext(profile, { executablePath, args });
  return {
    version: context.browser()?.version() ?? "",
    runTest: (test, respond) => runTest(context, test, { respond, fakeUi }),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

interface RunParts {
  readonly respond: Respond;
  readonly fakeUi: boolean;
}

/** Runs one test in a page of its own; the requests are answered here, no server is asked. */
async function runTest(
  context: BrowserContext,
  test: Test,
  { fakeUi, respond }: RunParts,
): Promise<Result> {
  const page = await context.newPage();
  let timer: NodeJS.Timeout | undefined;
  try {
    const session = await context.newCDPSession(page);
    const origin = originOf(test.url);
    await resetPermissions(session, origin, fakeUi);
    await page.route("**/*", (route) => {
      const { body, headers, status } = respond(route.request().url());
      return route.fulfill({ body, headers, status });
    });
    const result = new Promise<Result>((resolve) => {
      const fail = (status: HarnessStatus): void => resolve({ harness: { status }, subtests: [] });
      void page.exposeFunction("__usermediaReport", (json: string) =>
        resolve(JSON.parse(json) as Result),
      );
      page.once("crash", () => fail("CRASH"));
      timer = setTimeout(() => fail("HANG"), timeLimitMs(test));
    });
    await page.exposeFunction("__usermediaDrive", (action: string, json: string) =>
      action === "activate"
        ? activate(session)
        : setPermission(session, { ...(JSON.parse(json) as PermissionSetting), origin }),
    );
    await page.goto(origin + test.url, { waitUntil: "commit" });
    return await result;
  } finally {
    clearTimeout(timer);
    await page.close();
  }
}

async function resetPermissions(
  session: CDPSession,
  origin: string,
  fakeUi: boolean,
): Promise<void> {
  await session.send("Browser.resetPermissions");
  if (fakeUi) return;
  for (const name of ["camera", "microphone"]) {
    // A page without a secure context can be granted nothing.
    await setPermission(session, { name, state: "granted", origin }).catch(() => undefined);
  }
}

interface PermissionSetting {
  readonly name: string;
  readonly state: "granted" | "denied" | "prompt";
}

async function setPermission(
  session: CDPSession,
  { name, origin, state }: PermissionSetting & { readonly origin: string },
): Promise<void> {
  await session.send("Browser.setPermission", { permission: { name }, setting: state, origin });
}

async function activate(session: CDPSession): Promise<void> {
  await session.send("Runtime.evaluate", { expression: "0", userGesture: true });
}
