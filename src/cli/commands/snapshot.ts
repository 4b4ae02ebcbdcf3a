import { writeFile } from "node:fs/promises";

import { type Command, Option } from "commander";

import { createDeviceSources } from "../devices/device-sources.ts";
import { openCapture } from "../devices/open-capture.ts";
import { cannotWrite, UsageError } from "../errors.ts";
import {
  addReplaceOptions,
  checkReplaceable,
  checkWritable,
  type ReplaceOptions,
} from "../options/existing-file.ts";
import { pictureFormats, pictureTypeOf, STANDARD_OUTPUT } from "../options/file-type.ts";
import { captureRequestOf, choiceOption, type MediaOptions } from "../options/media-options.ts";
import { takePicture } from "../recording/take-picture.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface SnapshotOptions extends MediaOptions, ReplaceOptions {
  readonly format?: string;
}

export function addSnapshotCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("snapshot")
    .description("Take a picture with a camera, or of the screen")
    .argument("<file>", "A .png or .jpg file; - is the standard output")
    .addOption(
      choiceOption(
        "--video [choice]",
        "A camera: id, part of its name, synthetic, a file, a size like 1280x720, name,size, or constraints as JSON",
      ),
    )
    .addOption(
      choiceOption(
        "--screen [choice]",
        "The screen in place of a camera, with a size or constraints",
      ),
    )
    .addOption(
      new Option("--format <format>", "The format, where the name doesn't say it").choices(
        pictureFormats,
      ),
    )
    .option(
      "--fallback",
      "Take the synthetic camera where there is no real one, or none is allowed",
    );
  addReplaceOptions(command).action((file: string, options: SnapshotOptions) =>
    snapshot(file, options, terminal),
  );
  addExamples(command, terminal, [
    "usermedia snapshot out.png",
    "usermedia snapshot --video Logi,1920x1080 out.jpg",
    "usermedia snapshot --screen out.png",
    "usermedia snapshot --format png - | feh -",
  ]);
}

async function snapshot(file: string, options: SnapshotOptions, terminal: Terminal): Promise<void> {
  const type = pictureTypeOf(file, options.format);
  const request = captureRequestOf({ ...options, audio: false }, true);
  await checkReplaceable(file, options, terminal);
  if (file !== STANDARD_OUTPUT) await checkWritable(file);
  else if (terminal.out.isTTY === true) {
    throw new UsageError("A picture isn't written to a terminal; redirect the output");
  }
  const capture = await openCapture(request, createDeviceSources());
  try {
    for (const notice of capture.notices) terminal.say(notice);
    const picture = await takePicture(capture.stream, type);
    if (file === STANDARD_OUTPUT) await writeOut(picture.file, terminal);
    else {
      await writeFile(file, picture.file).catch((error: unknown) => {
        throw cannotWrite(file, error);
      });
      terminal.print(`${file}: ${picture.width}x${picture.height}`);
    }
  } finally {
    await capture.close();
  }
}

async function writeOut(bytes: Uint8Array, { out }: Terminal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    out.write(bytes, (error) => (error ? reject(error) : resolve()));
  }).catch((error: unknown) => {
    throw cannotWrite("The standard output", error);
  });
}
