import { createObject } from "../../webidl/create-object.ts";
import { whenListenedTo } from "../../webidl/when-listened-to.ts";
import { deviceChangeEventBrand } from "./device-change-event.ts";
import { createDeviceInfos } from "./device-info.ts";
import type { ListedDevices } from "./device-exposure.ts";
import { enumerationCanProceed, listDevices } from "./enumerate-devices.ts";
import { mediaDevicesBrand } from "./media-devices-slots.ts";
import type { MediaDeviceInfo } from "./media-device-info.ts";
import type { MediaDevices } from "./media-devices.ts";

/**
 * Fires `devicechange` while somebody listens.
 * @returns what ends that for good
 * @see https://w3c.github.io/mediacapture-main/#dfn-device-change-notification-steps
 */
export function notifyDeviceChanges(mediaDevices: MediaDevices): () => void {
  let stop = (): void => undefined;
  let isClosed = false;
  whenListenedTo(mediaDevices, ["devicechange"], () => {
    if (isClosed) return () => undefined;
    stop = watch(mediaDevices);
    return () => stop();
  });
  return () => {
    isClosed = true;
    stop();
  };
}

function watch(mediaDevices: MediaDevices): () => void {
  const slots = mediaDevicesBrand.slotsOf(mediaDevices);
  const { catalogue, realm } = slots;
  let stored: ListedDevices | undefined = catalogue.known && {
    devices: catalogue.known,
    outputs: catalogue.knownOutputs ?? [],
  };
  // One comparison at a time, each with what the one before it stored.
  let pending = compare();
  let isStopped = false;
  const stopWatching = catalogue.watch(() => {
    pending = pending.then(compare);
  });
  return () => {
    isStopped = true;
    stopWatching();
  };

  /** A list that can't be had now is compared at the next change. */
  async function compare(): Promise<void> {
    const list = await listDevices(slots).catch(() => stored);
    const last = stored;
    stored = list;
    if (list && last) await notify(list, last);
  }

  async function notify(list: ListedDevices, lastList: ListedDevices): Promise<void> {
    await enumerationCanProceed(slots);
    const last = createDeviceInfos(slots, lastList);
    const devices = createDeviceInfos(slots, list);
    if (isStopped || JSON.stringify(devices) === JSON.stringify(last)) return;
    const lastIds = new Set(last.map(({ deviceId }) => deviceId));
    const isNew = ({ deviceId }: MediaDeviceInfo) => deviceId !== "" && !lastIds.has(deviceId);
    const event = {
      devices: Object.freeze(realm.Array.from(devices)),
      userInsertedDevices: Object.freeze(realm.Array.from(devices.filter(isNew))),
    };
    const inherited = ["devicechange"];
    realm.queueTask(() =>
      realm.fireEvent(mediaDevices, createObject(realm, deviceChangeEventBrand, event, inherited)),
    );
  }
}
