import type { Command } from "commander";

import { plainText } from "../../host/plain-text.ts";
import { explainDevices } from "../../world/explain-devices.ts";
import { describeModes } from "../devices/describe-modes.ts";
import { createDeviceSources } from "../devices/device-sources.ts";
import {
  listDevices,
  type ListedDevice,
  type ListedOutput,
  listingProblems,
  listOutputs,
} from "../devices/listed-device.ts";
import { parseWhy } from "../options/parse-constraints.ts";
import { addExamples } from "../terminal/examples.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface DevicesOptions {
  readonly why?: string;
  readonly json?: boolean;
  readonly fallback?: boolean;
}

export function addDevicesCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("devices")
    .description("List cameras, microphones, screens and sound outputs")
    .option("--json", "Print everything known as JSON")
    .option(
      "--why <constraints>",
      'Say what each device makes of constraints, as JSON: of one track, or {"video": {…}, "audio": {…}, "screen": {…}}',
    )
    .option("--fallback", "List the synthetic devices, too")
    .action((options: DevicesOptions) => devices(options, terminal));
  addExamples(command, terminal, [
    "usermedia devices",
    "usermedia devices --json",
    `usermedia devices --why '{"width":{"min":1920}}'`,
  ]);
}

async function devices({ fallback, json, why }: DevicesOptions, terminal: Terminal): Promise<void> {
  const asked = why === undefined ? undefined : parseWhy("--why", why);
  const { real, synthetic } = createDeviceSources();
  const backends = fallback === true ? [...new Set([...real, synthetic])] : real;
  const [list, outputs] = await Promise.all([listDevices(backends), listOutputs(backends)]);
  if (asked !== undefined) {
    for (const line of explanations(asked, list)) terminal.print(line);
  } else if (json === true) {
    terminal.printJson([...list, ...outputs].map(plain), 2);
  } else if (list.length + outputs.length === 0) {
    const problems = listingProblems(backends, ["videoinput", "audioinput", "display"]);
    const advice = "--fallback lists the synthetic ones";
    terminal.print(["No devices found", ...problems, advice].join(". "));
  } else {
    terminal.printTable(
      ["KIND", "LABEL", "ID", "MODES", "DEFAULT"],
      [...list.map(row), ...outputs.map(outputRow)],
    );
  }
}

const KINDS = {
  videoinput: "camera",
  audioinput: "microphone",
  display: "screen",
  systemaudio: "system audio",
} as const;

/** The kinds of device in which each kind of constraints looks. */
const EXPLAINED = { video: "videoinput", audio: "audioinput", screen: "display" } as const;

function explanations(
  asked: ReturnType<typeof parseWhy>,
  list: readonly ListedDevice[],
): readonly string[] {
  return (["video", "audio", "screen"] as const).flatMap((kind) => {
    const constraints = asked[kind];
    if (constraints === undefined) return [];
    const ofKind = list
      .filter(({ description }) => description.kind === EXPLAINED[kind])
      .map((device) => ({
        ...device,
        description: { ...device.description, label: plainText(device.label) },
      }));
    if (ofKind.length === 0) return [`There is no ${KINDS[EXPLAINED[kind]]}`];
    return explainDevices(ofKind, constraints).split("\n");
  });
}

function row({ description, id, label }: ListedDevice): readonly string[] {
  const isDefault = description.isDefault ? "yes" : "";
  return [KINDS[description.kind], label, id, describeModes(description), isDefault];
}

function outputRow({ description, id, label }: ListedOutput): readonly string[] {
  return ["sound output", label, id, "", description.isDefault ? "yes" : ""];
}

function plain({ description, id }: ListedDevice | ListedOutput): object {
  const { hardwareGroupId, hardwareId: _, ...rest } = description;
  return { id, groupId: hardwareGroupId, ...rest };
}
