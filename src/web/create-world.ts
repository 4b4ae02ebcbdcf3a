import { createObject } from "../webidl/create-object.ts";
import type { Interface } from "../webidl/install-members.ts";
import type { InterfaceClass } from "../webidl/intrinsics.ts";
import { createRealm, interfacesOf } from "./create-realm.ts";
import { createDeviceIds } from "./constraints/device-ids.ts";
import type { DeviceIds } from "./constraints/device-ids.ts";
import { notifyDeviceChanges } from "./media-devices/device-change.ts";
import { extendNavigator } from "./media-devices/extend-navigator.ts";
import type { ExtendNavigatorOptions } from "./media-devices/extend-navigator.ts";
import { LiveTracks } from "./track/live-tracks.ts";
import { mediaDevicesBrand } from "./media-devices/media-devices-slots.ts";
import type { CaptureParts } from "./media-devices/media-devices-slots.ts";
import type { MediaDevices } from "./media-devices/media-devices.ts";
import { navigatorBrand } from "./media-devices/navigator.ts";
import type { Navigator } from "./media-devices/navigator.ts";
import { permissionsBrand } from "./permissions/permissions.ts";
import type { Permissions } from "./permissions/permissions.ts";
import type { Realm, RealmOptions } from "./realm/realm.ts";

export interface WorldOptions extends CaptureParts {
  /** What differs from Node's own realm, such as a window's `EventTarget`. */
  readonly realm?: Partial<RealmOptions>;
  /** Interfaces that only this realm has, each after the one it inherits from. */
  readonly interfaces?: readonly Interface[];
  /** The ids by which scripts know devices. Default: hashes, of each origin its own. */
  readonly ids?: DeviceIds | undefined;
}

/** The spec objects of one global environment. */
export interface World {
  /** @internal */
  readonly realm: Realm;
  /** The constructors that belong on the global object, by name. */
  readonly interfaces: Readonly<Record<string, InterfaceClass>>;
  readonly navigator: Navigator;
  readonly mediaDevices: MediaDevices;
  readonly permissions: Permissions;
  /**
   * Gives a navigator that is there already (a window's, Node 21's) the members of ours: they are
   * defined on `Navigator.prototype`, or on a navigator that is a plain object, and work on it alone.
   */
  extendNavigator(navigator: object, options?: ExtendNavigatorOptions): void;
  /** The document goes away: stops its tracks and watches, without events. */
  close(): void;
}

/** Makes the spec objects over an engine and a permission broker. */
export function createWorld({
  catalogue,
  ids,
  interfaces = [],
  notFoundAdvice,
  permission,
  realm: options,
  sources,
}: WorldOptions): World {
  const realm = createRealm(options, interfaces);
  const liveTracks = new LiveTracks(permission);
  const mediaDevices = createObject(realm, mediaDevicesBrand, {
    realm,
    catalogue,
    sources,
    permission,
    ids: ids ?? createDeviceIds(permission, realm),
    ...(notFoundAdvice !== undefined && { notFoundAdvice }),
    liveTracks,
    canExposeCameraInfo: false,
    canExposeMicrophoneInfo: false,
  });
  const stopNotifying = notifyDeviceChanges(mediaDevices);
  const watches = new Set<() => void>();
  const permissions = createObject(realm, permissionsBrand, { realm, permission, watches });
  const slots = { realm, mediaDevices, permissions };
  const navigator = createObject(realm, navigatorBrand, slots);
  return {
    realm,
    interfaces: interfacesOf(realm, interfaces),
    navigator,
    mediaDevices,
    permissions,
    extendNavigator: (existing, choice) => extendNavigator(existing, slots, choice),
    close() {
      stopNotifying();
      for (const stop of watches) stop();
      watches.clear();
      liveTracks.stopAll(realm);
    },
  };
}
