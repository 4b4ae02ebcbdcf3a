import { existsSync } from "node:fs";
import puppeteer, { type Browser, type LaunchOptions } from "puppeteer-core";
import type { Desktop } from "./desktop.ts";

/** How the person answers when a page asks for camera and microphone. */
export type Answer = "allow" | "deny" | "none";

/** A name that leads to this machine but, being no localhost, is an insecure origin over http. */
export const insecureHost = "insecure.test";

export interface TestBrowser {
  readonly name: string;
  readonly executable: string;
  /** Whether it prompts without a window; headless Chromium refuses at once. */
  readonly promptsHeadless: boolean;
  /** Whether it shares a screen, and runs Web Audio, without a desktop. */
  readonly sharesHeadless: boolean;
  /** On a desktop it has a window. */
  launch(answer: Answer, desktop?: Desktop): Promise<Browser>;
}

/** Debian's browsers, with fake devices. A new profile at each launch. */
export const browsers: readonly TestBrowser[] = [
  {
    name: "Chromium",
    executable: "/usr/bin/chromium",
    promptsHeadless: false,
    sharesHeadless: true,
    launch: launchChromium,
  },
  {
    name: "Firefox",
    executable: "/usr/bin/firefox-esr",
    promptsHeadless: true,
    sharesHeadless: false,
    launch: launchFirefox,
  },
];

/** Why a browser can't be tested on this machine; undefined where it can. */
export function whyMissing({ executable }: TestBrowser): string | undefined {
  return existsSync(executable) ? undefined : `${executable} isn't installed`;
}

function launchChromium(answer: Answer, desktop?: Desktop): Promise<Browser> {
  const answers: Record<Answer, string[]> = {
    allow: ["--use-fake-ui-for-media-stream"],
    deny: ["--deny-permission-prompts"],
    none: [],
  };
  return puppeteer.launch({
    executablePath: "/usr/bin/chromium",
    ...placeOf(desktop),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--use-fake-device-for-media-stream=device-count=2",
      "--autoplay-policy=no-user-gesture-required",
      `--host-resolver-rules=MAP ${insecureHost} 127.0.0.1`,
      ...answers[answer],
    ],
  });
}

function placeOf(desktop: Desktop | undefined): LaunchOptions {
  // How long a start takes on a busy machine is bounded by the test's own time.
  return { timeout: 0, ...(desktop && { headless: false, env: desktop.env }) };
}

function launchFirefox(answer: Answer, desktop?: Desktop): Promise<Browser> {
  const permission = { allow: 1, deny: 2, none: 0 }[answer];
  return puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    ...placeOf(desktop),
    extraPrefsFirefox: {
      "media.navigator.streams.fake": true,
      "media.navigator.permission.disabled": answer === "allow",
      "permissions.default.camera": permission,
      "permissions.default.microphone": permission,
      "media.autoplay.default": 0,
      "network.dns.localDomains": insecureHost,
    },
  });
}
