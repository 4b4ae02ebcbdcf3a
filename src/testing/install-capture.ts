import type { Backend } from "../contract/device.ts";
import type { CodecService } from "../contract/encoder.ts";
import { createMediaCapture, type MediaCapture } from "../world/create-media-capture.ts";
import type { DomWindow } from "../dom/dom-window.ts";
import { installInWindow } from "../dom/install-in-window.ts";
import { loaderFor, type MediaLoader } from "../dom/media-loader.ts";
import type { Clock } from "../engine/contract.ts";
import type { PermissionBroker } from "../permission/contract.ts";
import type { DeviceIds } from "../web/constraints/device-ids.ts";
import { Audio } from "../web/audio/audio.ts";
import { holderOfMembers } from "../web/media-devices/extend-navigator.ts";
import type { CaptureCall } from "../web/realm/observe-call.ts";
import { RestorePoint } from "./restore-point.ts";

export interface CaptureParts {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly codecs: CodecService;
  readonly ids: DeviceIds;
  readonly permission: PermissionBroker;
  readonly resources: "usable" | MediaLoader | undefined;
  observeCall(call: CaptureCall): void;
}

/** Spec objects that a global object has, and what takes them away. */
export interface Installed {
  readonly capture: MediaCapture;
  restore(): void;
}

/** Puts spec objects over virtual devices on a global object. */
export function installCapture(target: object, parts: CaptureParts): Installed {
  const point = new RestorePoint(changedObjects(target));
  const capture = isWindow(target) ? inWindow(target, parts) : inNode(target, parts);
  point.mark();
  return { capture, restore: () => point.restore() };
}

function isWindow(target: object): target is DomWindow {
  return "document" in target && "HTMLMediaElement" in target;
}

/** A window's interfaces may inherit what is changed, so each is looked at for itself. */
function changedObjects(target: object): object[] {
  const navigator: unknown = Reflect.get(target, "navigator");
  const interfaces = isWindow(target)
    ? [target.HTMLMediaElement, target.HTMLVideoElement, target.HTMLCanvasElement]
    : [];
  const url: unknown = isWindow(target) ? target.URL : undefined;
  return [
    target,
    ...(typeof url === "function" ? [url] : []),
    ...(typeof navigator === "object" && navigator !== null ? [holderOfMembers(navigator)] : []),
    ...interfaces.map((each) => each.prototype),
  ];
}

function inWindow(window: DomWindow, parts: CaptureParts): MediaCapture {
  const { backend, clock, codecs, ids, permission } = parts;
  const observeCall = parts.observeCall.bind(parts);
  const load = loaderFor(window, parts.resources);
  return installInWindow(window, {
    backends: [backend],
    clock,
    codecs,
    ids,
    load,
    permission,
    observeCall,
  });
}

function inNode(target: object, parts: CaptureParts): MediaCapture {
  const { backend, clock, codecs, ids, permission } = parts;
  const realm = { observeCall: parts.observeCall.bind(parts) };
  const capture = createMediaCapture({
    backends: [backend],
    clock,
    codecs,
    ids,
    permission,
    realm,
  });
  for (const [name, value] of Object.entries(capture.interfaces)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
  Object.defineProperty(target, "Audio", {
    value: audioOf(capture),
    writable: true,
    configurable: true,
  });
  // Node 21 and later have a navigator, which keeps what it has.
  const existing: unknown = Reflect.get(target, "navigator");
  if (typeof existing === "object" && existing !== null) capture.extendNavigator(existing);
  else {
    const { navigator: value } = capture;
    const attributes = { configurable: true, enumerable: true, writable: true };
    Object.defineProperty(target, "navigator", { value, ...attributes });
  }
  return capture;
}

/** The constructor of the sounds of a world. */
function audioOf(capture: MediaCapture): typeof Audio {
  class WorldAudio {
    constructor(src?: string) {
      return capture.createAudio(src);
    }
    static [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Audio;
    }
  }
  Object.defineProperty(WorldAudio, "name", { value: "Audio" });
  return WorldAudio as typeof Audio;
}
