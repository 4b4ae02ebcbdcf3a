import type { DeviceCatalogue, SourcePool } from "../../engine/contract.ts";
import type { PermissionBroker } from "../../permission/contract.ts";
import { Brand } from "../../webidl/brand.ts";
import type { DeviceIds } from "../constraints/device-ids.ts";
import type { LiveTracks } from "../track/live-tracks.ts";
import type { MediaDevices } from "./media-devices.ts";
import type { Realm } from "../realm/realm.ts";

/** What the spec's algorithms are built on. */
export interface CaptureParts {
  /** What a `NotFoundError` adds to its message. */
  readonly notFoundAdvice?: string;
  readonly catalogue: DeviceCatalogue;
  readonly sources: SourcePool;
  readonly permission: PermissionBroker;
}

/**
 * The internal slots of a MediaDevices object.
 * @see https://w3c.github.io/mediacapture-main/#dfn-create-a-mediadevices-object
 */
export interface MediaDevicesSlots extends CaptureParts {
  readonly realm: Realm;
  readonly ids: DeviceIds;
  readonly liveTracks: LiveTracks;
  canExposeCameraInfo: boolean;
  canExposeMicrophoneInfo: boolean;
}

export const mediaDevicesBrand = new Brand<MediaDevicesSlots, MediaDevices>(
  "MediaDevices",
  "EventTarget",
);
