import { writeFile } from "node:fs/promises";

import type { CAC } from "cac";

import { cannotWrite } from "../cannot-write.ts";
import { createDeviceSources } from "../device-sources.ts";
import { captureRequestOf, type MediaOptions } from "../media-options.ts";
import { openCapture } from "../open-capture.ts";
import { checkWritable } from "../check-writable.ts";
import type { Terminal } from "../terminal.ts";
import { takePicture } from "../take-picture.ts";
import { pictureTypeOf } from "../picture-type.ts";

export function addSnapshotCommand(program: CAC, terminal: Terminal): void {
  program
    .command(
      "snapshot <file>",
      "Take a picture with a camera, or of the screen, into a .png or .jpg file",
    )
    .option(
      "--video [choice]",
      "A camera: id, part of its name, synthetic, a file, a size like 1280x720, name,size, or constraints as JSON",
    )
    .option("--screen [choice]", "The screen in place of a camera, with a size or constraints")
    .option(
      "--fallback",
      "Take the synthetic camera where there is no real one, or none is allowed",
    )
    .example((name) => `  ${name} snapshot out.png`)
    .example((name) => `  ${name} snapshot --video Logi,1920x1080 out.jpg`)
    .example((name) => `  ${name} snapshot --screen out.png`)
    .action((file: string, options: MediaOptions) => snapshot(file, options, terminal));
}

async function snapshot(
  file: string,
  options: MediaOptions,
  { err, out }: Terminal,
): Promise<void> {
  const type = pictureTypeOf(file);
  const request = captureRequestOf({ video: true, ...options, audio: false }, true);
  await checkWritable(file);
  const capture = await openCapture(request, createDeviceSources());
  try {
    for (const notice of capture.notices) err.write(`${notice}\n`);
    const picture = await takePicture(capture.stream, type);
    await writeFile(file, picture.file).catch((error: unknown) => {
      throw cannotWrite(file, error);
    });
    out.write(`${file}: ${picture.width}x${picture.height}\n`);
  } finally {
    await capture.close();
  }
}
