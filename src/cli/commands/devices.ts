import type { CAC } from "cac";

import { describeModes } from "../describe-modes.ts";
import { createDeviceSources } from "../device-sources.ts";
import { formatTable } from "../format-table.ts";
import { listDevices, type ListedDevice } from "../listed-device.ts";
import type { Terminal } from "../terminal.ts";

interface DevicesCommandOptions {
  readonly json?: boolean;
}

export function addDevicesCommand(program: CAC, terminal: Terminal): void {
  program
    .command("devices", "List cameras, microphones and screens")
    .option("--json", "Print everything known as JSON")
    .example((name) => `  ${name} devices`)
    .example((name) => `  ${name} devices --json`)
    .action((options: DevicesCommandOptions) => devices(options, terminal));
}

async function devices({ json }: DevicesCommandOptions, { out }: Terminal): Promise<void> {
  const { real, synthetic } = createDeviceSources();
  const backends = real.includes(synthetic) ? real : [...real, synthetic];
  const list = await listDevices(backends);
  out.write(json === true ? `${JSON.stringify(list.map(plain), undefined, 2)}\n` : table(list));
}

const KINDS = { videoinput: "camera", audioinput: "microphone", display: "screen" } as const;

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
