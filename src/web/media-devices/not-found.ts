import type { DeviceKind } from "../../contract/device.ts";
import type { Device } from "../../engine/contract.ts";
import { canExposeCameras, canExposeMicrophones } from "./device-exposure.ts";
import { deviceNouns } from "../permissions/device-kinds.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";

/**
 * The error of a call for a kind of which there is no device: what is known of why, what is connected
 * in its place, by name as far as names may be told, and what to do.
 */
export function notFound(
  slots: MediaDevicesSlots,
  devices: readonly Device[],
  kind: DeviceKind,
): DOMException {
  const { catalogue, notFoundAdvice, realm } = slots;
  const problems = (catalogue.problems ?? []).filter(({ kinds }) => kinds.includes(kind));
  const inputs = devices.map((device) => nameOf(slots, device));
  const sentences = [
    `No ${deviceNouns[kind]} found`,
    ...new Set(problems.map(({ message }) => message.replace(/\.$/u, ""))),
    `Connected inputs: ${inputs.length === 0 ? "none" : inputs.join(", ")}`,
    "`usermedia devices` lists what there is",
    ...(notFoundAdvice !== undefined && kind !== "display" ? [notFoundAdvice] : []),
  ];
  return new realm.DOMException(sentences.join(". "), "NotFoundError");
}

function nameOf(slots: MediaDevicesSlots, { description: { kind, label } }: Device): string {
  const noun = deviceNouns[kind];
  if (kind === "videoinput" && canExposeCameras(slots)) return `${noun} "${label}"`;
  if (kind === "audioinput" && canExposeMicrophones(slots)) return `${noun} "${label}"`;
  return `a ${noun}`;
}
