import { canExposeDevices } from "./device-exposure.ts";
import type { ListedDevices } from "./device-exposure.ts";
import { createDeviceInfos } from "./device-info.ts";
import type { MediaDeviceInfo } from "./media-device-info.ts";
import type { MediaDevicesSlots } from "./media-devices-slots.ts";
import { observeCall } from "../realm/observe-call.ts";

/** @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-enumeratedevices */
export function enumerateDevices(slots: MediaDevicesSlots): Promise<MediaDeviceInfo[]> {
  const call = { method: "enumerateDevices", constraints: undefined } as const;
  return observeCall(slots.realm, call, () => listInfos(slots));
}

async function listInfos(slots: MediaDevicesSlots): Promise<MediaDeviceInfo[]> {
  await enumerationCanProceed(slots);
  return createDeviceInfos(slots, await listDevices(slots));
}

/** Devices and outputs, of one listing. */
export async function listDevices({ catalogue }: MediaDevicesSlots): Promise<ListedDevices> {
  const [devices, outputs] = await Promise.all([catalogue.list(), catalogue.listOutputs?.()]);
  return { devices, outputs: outputs ?? [] };
}

/** @see https://w3c.github.io/mediacapture-main/#dfn-device-enumeration-can-proceed */
export async function enumerationCanProceed(slots: MediaDevicesSlots): Promise<void> {
  if (canExposeDevices(slots)) return;
  // A document that was discarded is never in view again.
  if (!slots.realm.isFullyActive()) await new Promise(() => undefined);
  await slots.realm.whenInView();
}
