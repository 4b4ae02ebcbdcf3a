import { resolve } from "node:path";

import type { CAC } from "cac";

import { createMediaCapture, defaultBackends } from "../../backend.ts";
import { createPermissionBroker } from "../../permission/index.ts";
import { hasDesktop } from "../../host/has-desktop.ts";
import { openBrowser } from "../../host/open-browser.ts";
import { PreviewServer } from "../../preview/preview-server.ts";
import { Interruption } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";

interface PreviewOptions {
  readonly folder: string;
  readonly browser: boolean;
}

export function addPreviewCommand(program: CAC, terminal: Terminal): void {
  program
    .command("preview", "See and hear the devices in a browser on this machine; record from there")
    .option("--folder <path>", "Where snapshots and recordings go", { default: "." })
    .option("--no-browser", "Print the page's address instead of opening it")
    .example((name) => `  ${name} preview --folder takes`)
    .action((options: PreviewOptions) => preview(options, terminal));
}

async function preview({ browser, folder }: PreviewOptions, { err }: Terminal): Promise<void> {
  const interruption = new Interruption();
  const capture = createMediaCapture({
    ...defaultBackends(),
    permission: createPermissionBroker(),
  });
  const server = new PreviewServer(capture.navigator.mediaDevices, resolve(String(folder)));
  try {
    const url = await server.start();
    const isOpened =
      browser &&
      hasDesktop(process.env) &&
      (await openBrowser(url).then(
        () => true,
        () => false,
      ));
    err.write(isOpened ? "The preview is in your browser" : `The preview is at ${url}`);
    err.write("; Ctrl-C ends it\n");
    await untilAborted(interruption.signal);
  } finally {
    await server.close();
    interruption[Symbol.dispose]();
    await capture.close();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}
