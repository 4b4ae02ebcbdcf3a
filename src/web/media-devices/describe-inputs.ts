import type { Device } from "../../engine/contract.ts";
import { canExposeCameras, canExposeMicrophones } from "./device-exposure.ts";
import { deviceNouns } from "../permissions/device-kinds.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/** Says what is connected, by name as far as names may be told. */
export function describeInputs(slots: MediaDevicesSlots, devices: readonly Device[]): string {
  const inputs = devices.map(({ description: { kind, label } }) => {
    const noun = deviceNouns[kind];
    if (kind === "videoinput" && canExposeCameras(slots)) return `${noun} "${label}"`;
    if (kind === "audioinput" && canExposeMicrophones(slots)) return `${noun} "${label}"`;
    return `a ${noun}`;
  });
  const list = inputs.length === 0 ? "none" : inputs.join(", ");
  const failures = (slots.catalogue.failures ?? []).map(({ error }) =>
    error instanceof Error ? `. ${error.message.replace(/\.$/u, "")}` : "",
  );
  return `Connected inputs: ${list}. \`usermedia devices\` lists them${failures.join("")}`;
}
