import { resolve } from "node:path";

import type { Command } from "commander";

import { createMediaCapture } from "../../backend.ts";
import { hasDesktop } from "../../host/has-desktop.ts";
import { openBrowser } from "../../host/open-browser.ts";
import { createPermissionBroker } from "../../permission/index.ts";
import { PreviewServer } from "../../preview/preview-server.ts";
import { createDeviceSources } from "../devices/device-sources.ts";
import { listDevices } from "../devices/listed-device.ts";
import { Interruption } from "../recording/interruption.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface PreviewOptions {
  readonly folder: string;
  readonly browser: boolean;
  readonly fallback?: boolean;
}

export function addPreviewCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("preview")
    .description("See and hear the devices in a browser on this machine; record from there")
    .option("--folder <path>", "Where snapshots and recordings go", ".")
    .option("--no-browser", "Print the page's address instead of opening it")
    .option("--fallback", "Show synthetic devices where there is no real one")
    .action((options: PreviewOptions) => preview(options, terminal));
  addExamples(command, terminal, [
    "usermedia preview --folder takes",
    "usermedia preview --fallback --no-browser",
  ]);
}

async function preview(options: PreviewOptions, terminal: Terminal): Promise<void> {
  const interruption = new Interruption();
  const { real, synthetic } = createDeviceSources();
  const capture = createMediaCapture({
    backends: real,
    fallback: options.fallback === true ? [synthetic] : [],
    permission: createPermissionBroker(),
  });
  const syntheticDevices = await listDevices([synthetic]);
  const server = new PreviewServer({
    mediaDevices: capture.navigator.mediaDevices,
    folder: resolve(options.folder),
    syntheticLabels: new Set(syntheticDevices.map(({ label }) => label)),
  });
  try {
    const url = await server.start();
    const isOpened =
      options.browser &&
      hasDesktop(process.env) &&
      (await openBrowser(url).then(
        () => true,
        () => false,
      ));
    const where = isOpened ? "in your browser" : `at ${url}`;
    terminal.say(`The preview is ${where}; Ctrl-C ends it`);
    await untilAborted(AbortSignal.any([interruption.signal, server.failed]));
    if (server.failed.aborted) throw server.failed.reason;
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
