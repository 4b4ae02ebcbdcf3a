import { optionalDictionary, required } from "../../webidl/argument.ts";
import { Brand } from "../../webidl/brand.ts";
import { constructorArguments, defineInterface } from "../../webidl/define-interface.ts";
import { dictionary } from "../../webidl/dictionary.ts";
import { domString } from "../../webidl/primitives.ts";
import { interfaceType, sequence } from "../../webidl/types.ts";
import { eventInit } from "../realm/event-init.ts";
import type { EventInitDictionary } from "../realm/event-init.ts";
import { mediaDeviceInfoBrand } from "./media-device-info.ts";
import type { MediaDeviceInfo } from "./media-device-info.ts";
import { nodeRealm } from "../realm/realm.ts";
import type { Realm } from "../realm/realm.ts";

/** What a {@link DeviceChangeEvent} is made from. */
export interface DeviceChangeEventInit extends EventInitDictionary {
  devices?: MediaDeviceInfo[];
}

/** The slots of a {@link DeviceChangeEvent}. */
export const deviceChangeEventBrand = new Brand<
  {
    readonly devices: readonly MediaDeviceInfo[];
    readonly userInsertedDevices: readonly MediaDeviceInfo[];
  },
  DeviceChangeEvent
>("DeviceChangeEvent", "Event");

/**
 * The list of devices has changed.
 * @see https://w3c.github.io/mediacapture-main/#devicechangeevent
 */
export class DeviceChangeEvent extends Event {
  constructor(type: string, eventInitDict?: DeviceChangeEventInit);
  constructor(...values: unknown[]) {
    const [type, init] = constructorArguments(deviceChangeEventInterface, values);
    super(type as string, init as DeviceChangeEventInit);
    initialise(this, nodeRealm, [type, init]);
  }

  /** What `enumerateDevices()` gives now. */
  get devices(): readonly MediaDeviceInfo[] {
    return deviceChangeEventBrand.slotsOf(this).devices;
  }

  /** Those of the devices that were plugged in by hand since the last event. */
  get userInsertedDevices(): readonly MediaDeviceInfo[] {
    return deviceChangeEventBrand.slotsOf(this).userInsertedDevices;
  }
}

/** The IDL of {@link DeviceChangeEvent}. */
export const deviceChangeEventInterface = defineInterface({
  brand: deviceChangeEventBrand,
  class: DeviceChangeEvent,
  construct: {
    arguments: [
      required(domString),
      optionalDictionary(
        dictionary<DeviceChangeEventInit, EventInitDictionary>(
          "DeviceChangeEventInit",
          {
            devices: {
              type: sequence(interfaceType(mediaDeviceInfoBrand)),
              defaultValue: () => [],
            },
          },
          eventInit,
        ),
      ),
    ],
    inherited: (values) => values,
    initialise,
  },
});

function initialise(object: object, realm: Realm, [, init]: readonly unknown[]): void {
  const { devices = [] } = init as DeviceChangeEventInit;
  deviceChangeEventBrand.attach(object, {
    devices: Object.freeze(realm.Array.from(devices)),
    userInsertedDevices: Object.freeze(new realm.Array<MediaDeviceInfo>()),
  });
}
