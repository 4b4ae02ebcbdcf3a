import { DeviceError } from "../../contract/device-error.ts";
import { type DeviceKind } from "../../contract/device.ts";
import type { PermissionBroker, PermissionState } from "../../permission/contract.ts";
import { permissionOf } from "../permissions/device-kinds.ts";
import type { MediaStreamTrackSlots } from "./media-stream-track-slots.ts";
import type { Realm } from "../realm/realm.ts";

/** What is known of the permission of a track when it was looked at last. */
interface Registration {
  state: PermissionState;
  readonly end: (reason: DeviceError | undefined) => void;
}

/**
 * The live tracks of one document that capture a device: says whether a device or kind is live,
 * shows the broker what is captured, and ends the tracks whose permission is taken back.
 */
export class LiveTracks {
  readonly #permission: PermissionBroker;
  readonly #tracks = new Map<MediaStreamTrackSlots, Registration>();
  readonly #captures = new Map<string, () => void>();
  #stopWatching: (() => void) | undefined;

  constructor(permission: PermissionBroker) {
    this.#permission = permission;
  }

  /** @param end - ends the track as the user agent does */
  add(slots: MediaStreamTrackSlots, end: Registration["end"]): void {
    const { device } = slots.track.source;
    if (!device) return;
    const { description, key } = device;
    const name = permissionOf[description.kind];
    this.#tracks.set(slots, { state: this.#permission.query(name, slots.grantKey), end });
    this.#stopWatching ??= this.#permission.watch(() => this.#endRevoked());
    if (this.#captures.has(key)) return;
    const capture = { name, deviceKey: key, label: description.label };
    const stop = this.#permission.captureStarted?.(capture);
    this.#captures.set(key, stop ?? (() => undefined));
  }

  /** The track has ended. */
  delete(slots: MediaStreamTrackSlots): void {
    if (!this.#tracks.delete(slots)) return;
    const key = slots.track.source.device?.key ?? "";
    if (![...this.#tracks.keys()].some(({ track }) => track.source.device?.key === key)) {
      this.#captures.get(key)?.();
      this.#captures.delete(key);
    }
    if (this.#tracks.size > 0) return;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  /** A track whose end is still to be told isn't live: it may end as its permission was taken back. */
  isDeviceLive(deviceKey: string): boolean {
    return this.#some((slots) => slots.track.source.device?.key === deviceKey);
  }

  isKindLive(kind: DeviceKind): boolean {
    return this.#some((slots) => slots.track.source.device?.description.kind === kind);
  }

  /**
   * The document goes away: stops every track. Those that were transferred to another realm end
   * there, with an event; in this one, nobody is left to hear of it.
   *
   * @param realm - the document's
   */
  stopAll(realm: Realm): void {
    for (const [slots, { end }] of this.#tracks) {
      if (slots.realm === realm) {
        slots.readyState = "ended";
        slots.track.stop();
      } else {
        end(undefined);
      }
      this.delete(slots);
    }
  }

  #some(test: (slots: MediaStreamTrackSlots) => boolean): boolean {
    return [...this.#tracks].some(
      ([slots, { state }]) =>
        slots.track.readyState === "live" && test(slots) && this.#holds(slots, state),
    );
  }

  /** Whether the permission of a track is still what it was; if not, the track is about to end. */
  #holds({ grantKey, track }: MediaStreamTrackSlots, before: PermissionState): boolean {
    const { device } = track.source;
    if (!device) return true;
    const now = this.#permission.query(permissionOf[device.description.kind], grantKey);
    return before === "granted" ? now === "granted" : now !== "denied";
  }

  /** @see https://w3c.github.io/mediacapture-main/#dfn-device-permission-revocation-algorithm */
  #endRevoked(): void {
    for (const [{ grantKey, track }, registration] of this.#tracks) {
      const { device } = track.source;
      if (!device) continue;
      const before = registration.state;
      const name = permissionOf[device.description.kind];
      registration.state = this.#permission.query(name, grantKey);
      if (before !== "granted" || registration.state === "granted") continue;
      registration.end(new DeviceError("not-allowed", "The permission was taken back"));
    }
  }
}
