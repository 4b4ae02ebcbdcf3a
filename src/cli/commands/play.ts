import { stat } from "node:fs/promises";

import type { Command } from "commander";

import { type Backend, createMediaCapture } from "../../backend.ts";
import { plainText } from "../../host/plain-text.ts";
import { createPermissionBroker } from "../../permission/index.ts";
import { createDeviceSources } from "../devices/device-sources.ts";
import { findDevice, listOutputs } from "../devices/listed-device.ts";
import { CommandError, ExitCode } from "../errors.ts";
import { Interruption } from "../recording/interruption.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface PlayOptions {
  readonly output?: string;
}

export function addPlayCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("play")
    .description("Play the sound of a file")
    .argument("<file>", "A sound or a video file")
    .option("--output <output>", "A sound output: id, or part of its name. Default: the system's")
    .action((file: string, options: PlayOptions) => play(file, options, terminal));
  addExamples(command, terminal, [
    "usermedia play message.wav",
    "usermedia play --output headset message.wav",
  ]);
}

async function play(file: string, { output }: PlayOptions, terminal: Terminal): Promise<void> {
  await checkReadable(file);
  const interruption = new Interruption();
  const { real } = createDeviceSources();
  const backends = output === undefined ? real : [await only(real, output)];
  const capture = createMediaCapture({ backends, permission: createPermissionBroker() });
  try {
    const audio = capture.createAudio(file);
    const isOver = new Promise<"ended" | "stopped">((resolve, reject) => {
      audio.addEventListener("ended", () => resolve("ended"));
      interruption.signal.addEventListener("abort", () => resolve("stopped"));
      audio.addEventListener("error", () =>
        reject(new CommandError(ExitCode.failed, audio.error?.message ?? "It can't be played")),
      );
    });
    // What play() rejects with is told by the error event, too.
    audio.play().catch(() => undefined);
    const end = await isOver;
    const seconds = audio.currentTime.toFixed(1);
    terminal.print(
      `${plainText(file)}: ${end === "ended" ? "played" : "stopped after"} ${seconds} s`,
    );
  } finally {
    interruption[Symbol.dispose]();
    await capture.close();
    for (const backend of real) await backend.close?.();
  }
}

/** @throws CommandError */
async function checkReadable(file: string): Promise<void> {
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile() === true) return;
  throw new CommandError(ExitCode.failed, `There is no file ${plainText(file)} that can be read`);
}

/** The backend of the named output, as if it had no other. @throws CommandError, UsageError */
async function only(backends: readonly Backend[], name: string): Promise<Backend> {
  const { backend, description } = findDevice(await listOutputs(backends), name, "sound output");
  return {
    name: backend.name,
    listDevices: async () => [],
    open: (hardwareId, configuration) => backend.open(hardwareId, configuration),
    listOutputs: async () => [description],
    async openOutput(_default, configuration) {
      const session = await backend.openOutput?.(description.hardwareId, configuration);
      if (session !== undefined) return session;
      throw new CommandError(ExitCode.failed, `${plainText(description.label)} can't be opened`);
    },
  };
}
