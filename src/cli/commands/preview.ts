import { resolve } from "node:path";

import type { Command } from "commander";

import { createMediaCapture, defaultBackends } from "../../backend.ts";
import { hasDesktop } from "../../host/has-desktop.ts";
import { openBrowser } from "../../host/open-browser.ts";
import { createPermissionBroker } from "../../permission/index.ts";
import { PreviewServer } from "../../preview/preview-server.ts";
import { Interruption } from "../recording/interruption.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface PreviewOptions {
  readonly folder: string;
  readonly browser: boolean;
}

export function addPreviewCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("preview")
    .description("See and hear the devices in a browser on this machine; record from there")
    .option("--folder <path>", "Where snapshots and recordings go", ".")
    .option("--no-browser", "Print the page's address instead of opening it")
    .action((options: PreviewOptions) => preview(options, terminal));
  addExamples(command, terminal, ["usermedia preview --folder takes"]);
}

async function preview({ browser, folder }: PreviewOptions, terminal: Terminal): Promise<void> {
  const interruption = new Interruption();
  const capture = createMediaCapture({
    ...defaultBackends(),
    permission: createPermissionBroker(),
  });
  const server = new PreviewServer(capture.navigator.mediaDevices, resolve(folder));
  try {
    const url = await server.start();
    const isOpened =
      browser &&
      hasDesktop(process.env) &&
      (await openBrowser(url).then(
        () => true,
        () => false,
      ));
    const where = isOpened ? "in your browser" : `at ${url}`;
    terminal.say(`The preview is ${where}; Ctrl-C ends it`);
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
