import type { CAC } from "cac";

import { describeModes } from "../describe-modes.ts";
import { createDeviceSources } from "../device-sources.ts";
import { formatTable } from "../format-table.ts";
import { explainDevices } from "../../world/explain-devices.ts";
import { parseConstraints } from "../parse-media-choice.ts";
import { listDevices, type ListedDevice } from "../listed-device.ts";
import type { Terminal } from "../terminal.ts";

interface DevicesCommandOptions {
  readonly why?: unknown;
  readonly json?: boolean;
}

export function addDevicesCommand(program: CAC, terminal: Terminal): void {
  program
    .command("devices", "List cameras, microphones and screens")
    .option("--json", "Print everything known as JSON")
    .option("--why <constraints>", "Say what each device makes of constraints, given as JSON")
    .example((name) => `  ${name} devices`)
    .example((name) => `  ${name} devices --json`)
    .example((name) => `  ${name} devices --why '{"width":{"min":1920}}'`)
    .action((options: DevicesCommandOptions) => devices(options, terminal));
}

async function devices({ json, why }: DevicesCommandOptions, { out }: Terminal): Promise<void> {
  const constraints = why === undefined ? undefined : parseConstraints("--why", String(why));
  const { real, synthetic } = createDeviceSources();
  const backends = real.includes(synthetic) ? real : [...real, synthetic];
  const list = await listDevices(backends);
  if (constraints !== undefined) {
    const kinds = ["videoinput", "audioinput", "display", "systemaudio"] as const;
    const ofKind = kinds.map((kind) => list.filter(({ description }) => description.kind === kind));
    const lines = ofKind.map((devices) => explainDevices(devices, constraints));
    out.write(`${lines.filter((text) => text !== "").join("\n")}\n`);
    return;
  }
  out.write(json === true ? `${JSON.stringify(list.map(plain), undefined, 2)}\n` : table(list));
}

const KINDS = {
  videoinput: "camera",
  audioinput: "microphone",
  display: "screen",
  systemaudio: "system audio",
} as const;

function table(devices: readonly ListedDevice[]): string {
  if (devices.length === 0) return "No devices found\n";
  const rows = devices.map(({ description, id, label }) => [
    KINDS[description.kind],
    label,
    id,
    describeModes(description),
    description.isDefault ? "default" : "",
  ]);
  return `${formatTable([["KIND", "LABEL", "ID", "MODES", ""], ...rows])}\n`;
}

function plain({ description, id }: ListedDevice): object {
  const { hardwareGroupId, hardwareId: _, ...rest } = description;
  return { id, groupId: hardwareGroupId, ...rest };
}
