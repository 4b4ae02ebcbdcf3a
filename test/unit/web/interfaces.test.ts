import { parse } from "webidl2";
import type { IDLInterfaceMemberType } from "webidl2";
import { describe, expect, it } from "vitest";

import { interfacesOf } from "../../../src/web/create-realm.ts";
import { nodeRealm } from "../../../src/web/realm/realm.ts";

/** As the specifications have them; what is left out is `[SecureContext]` and the like. */
const idl = `
interface MediaStream : EventTarget {
  constructor(); constructor(MediaStream stream); constructor(sequence<MediaStreamTrack> tracks);
  readonly attribute DOMString id;
  sequence<MediaStreamTrack> getAudioTracks();
  sequence<MediaStreamTrack> getVideoTracks();
  sequence<MediaStreamTrack> getTracks();
  MediaStreamTrack? getTrackById(DOMString trackId);
  undefined addTrack(MediaStreamTrack track);
  undefined removeTrack(MediaStreamTrack track);
  MediaStream clone();
  readonly attribute boolean active;
  attribute EventHandler onaddtrack;
  attribute EventHandler onremovetrack;
};
interface MediaStreamTrack : EventTarget {
  readonly attribute DOMString kind;
  readonly attribute DOMString id;
  readonly attribute DOMString label;
  attribute boolean enabled;
  readonly attribute boolean muted;
  attribute EventHandler onmute;
  attribute EventHandler onunmute;
  readonly attribute MediaStreamTrackState readyState;
  attribute EventHandler onended;
  MediaStreamTrack clone();
  undefined stop();
  MediaTrackCapabilities getCapabilities();
  MediaTrackConstraints getConstraints();
  MediaTrackSettings getSettings();
  Promise<undefined> applyConstraints(optional MediaTrackConstraints constraints = {});
  attribute DOMString contentHint;
  readonly attribute (MediaStreamTrackAudioStats or MediaStreamTrackVideoStats)? stats;
};
interface MediaStreamTrackAudioStats {
  readonly attribute unsigned long long deliveredFrames;
  readonly attribute DOMHighResTimeStamp deliveredFramesDuration;
  readonly attribute unsigned long long totalFrames;
  readonly attribute DOMHighResTimeStamp totalFramesDuration;
  readonly attribute DOMHighResTimeStamp latency;
  readonly attribute DOMHighResTimeStamp averageLatency;
  readonly attribute DOMHighResTimeStamp minimumLatency;
  readonly attribute DOMHighResTimeStamp maximumLatency;
  undefined resetLatency();
  object toJSON();
};
interface MediaStreamTrackVideoStats {
  readonly attribute unsigned long long deliveredFrames;
  readonly attribute unsigned long long discardedFrames;
  readonly attribute unsigned long long totalFrames;
  object toJSON();
};
interface MediaStreamTrackProcessor {
  constructor(MediaStreamTrackProcessorInit init);
  readonly attribute ReadableStream readable;
};
interface VideoTrackGenerator {
  constructor();
  readonly attribute WritableStream writable;
  attribute boolean muted;
  readonly attribute MediaStreamTrack track;
};
interface MediaStreamTrackGenerator : MediaStreamTrack {
  constructor(MediaStreamTrackGeneratorInit init);
  readonly attribute WritableStream writable;
};
interface MediaStreamTrackEvent : Event {
  constructor(DOMString type, MediaStreamTrackEventInit eventInitDict);
  readonly attribute MediaStreamTrack track;
};
interface OverconstrainedError : DOMException {
  constructor(DOMString constraint, optional DOMString message = "");
  readonly attribute DOMString constraint;
};
interface MediaDevices : EventTarget {
  attribute EventHandler ondevicechange;
  Promise<sequence<MediaDeviceInfo>> enumerateDevices();
  MediaTrackSupportedConstraints getSupportedConstraints();
  Promise<MediaStream> getUserMedia(optional MediaStreamConstraints constraints = {});
  Promise<MediaStream> getDisplayMedia(optional DisplayMediaStreamOptions options = {});
};
interface MediaDeviceInfo {
  readonly attribute DOMString deviceId;
  readonly attribute MediaDeviceKind kind;
  readonly attribute DOMString label;
  readonly attribute DOMString groupId;
  object toJSON();
};
interface InputDeviceInfo : MediaDeviceInfo {
  MediaTrackCapabilities getCapabilities();
};
interface DeviceChangeEvent : Event {
  constructor(DOMString type, optional DeviceChangeEventInit eventInitDict = {});
  readonly attribute FrozenArray<MediaDeviceInfo> devices;
  readonly attribute FrozenArray<MediaDeviceInfo> userInsertedDevices;
};
interface Permissions {
  Promise<PermissionStatus> query(object permissionDesc);
};
interface PermissionStatus : EventTarget {
  readonly attribute PermissionState state;
  readonly attribute DOMString name;
  attribute EventHandler onchange;
};
interface MediaRecorder : EventTarget {
  constructor(MediaStream stream, optional MediaRecorderOptions options = {});
  readonly attribute MediaStream stream;
  readonly attribute DOMString mimeType;
  readonly attribute RecordingState state;
  attribute EventHandler onstart;
  attribute EventHandler onstop;
  attribute EventHandler ondataavailable;
  attribute EventHandler onpause;
  attribute EventHandler onresume;
  attribute EventHandler onerror;
  readonly attribute unsigned long videoBitsPerSecond;
  readonly attribute unsigned long audioBitsPerSecond;
  readonly attribute BitrateMode audioBitrateMode;
  undefined start(optional unsigned long timeslice);
  undefined stop();
  undefined pause();
  undefined resume();
  undefined requestData();
  static boolean isTypeSupported(DOMString type);
};
interface BlobEvent : Event {
  constructor(DOMString type, BlobEventInit eventInitDict);
  readonly attribute Blob data;
  readonly attribute DOMHighResTimeStamp timecode;
};
interface ImageCapture {
  constructor(MediaStreamTrack videoTrack);
  Promise<Blob> takePhoto(optional PhotoSettings photoSettings = {});
  Promise<PhotoCapabilities> getPhotoCapabilities();
  Promise<PhotoSettings> getPhotoSettings();
  Promise<ImageBitmap> grabFrame();
  readonly attribute MediaStreamTrack track;
};
interface CaptureController : EventTarget {
  constructor();
  undefined setFocusBehavior(CaptureStartFocusBehavior focusBehavior);
};`;

/** Where scripts find a member: on the constructor, where it is static. */
function ownerOf(constructor: Constructor, member: IDLInterfaceMemberType): object {
  const isStatic = "special" in member && member.special === "static";
  return isStatic ? constructor : constructor.prototype;
}

type Constructor = (new (...values: unknown[]) => object) & { readonly prototype: object };
const constructors = interfacesOf(nodeRealm) as Readonly<Record<string, Constructor>>;

function requiredCount(member: { arguments: readonly { optional: boolean }[] }): number {
  return member.arguments.filter(({ optional }) => !optional).length;
}

/** What IDL says of a member's property, as JavaScript sees it. */
function expectedProperty(member: IDLInterfaceMemberType): object | undefined {
  if (member.type === "attribute") {
    const set = member.readonly ? undefined : expect.any(Function);
    return { get: expect.any(Function), set, enumerable: true, configurable: true };
  }
  if (member.type !== "operation") return undefined;
  return { value: expect.any(Function), writable: true, enumerable: true, configurable: true };
}

describe.each(parse(idl).filter((definition) => definition.type === "interface"))(
  "$name",
  ({ inheritance, members, name }) => {
    const constructor = constructors[name] as Constructor;

    it("is a constructor of its name and length that inherits as IDL says", () => {
      const parent = inheritance
        ? (constructors[inheritance] ?? (Reflect.get(globalThis, inheritance) as Constructor))
        : undefined;
      const lengths = members.flatMap((member) =>
        member.type === "constructor" ? [requiredCount(member)] : [],
      );
      expect(constructor.name).toBe(name);
      expect(constructor.length).toBe(Math.min(...lengths, lengths.length === 0 ? 0 : Infinity));
      expect(Object.getPrototypeOf(constructor)).toBe(parent ?? Function.prototype);
      expect(Object.getPrototypeOf(constructor.prototype)).toBe(
        parent?.prototype ?? Object.prototype,
      );
      if (lengths.length === 0) expect(() => new constructor()).toThrow("Illegal constructor");
    });

    it("has a prototype with its name as toStringTag", () => {
      expect(Object.getOwnPropertyDescriptor(constructor.prototype, Symbol.toStringTag)).toEqual({
        value: name,
        writable: false,
        enumerable: false,
        configurable: true,
      });
    });

    const promised = new Set(
      members.flatMap((member) =>
        member.type === "operation" && member.idlType?.generic === "Promise" ? [member.name] : [],
      ),
    );
    const named = members.flatMap((member) =>
      "name" in member && typeof member.name === "string"
        ? [{ member, memberName: member.name }]
        : [],
    );
    it.each(named)("has $memberName as IDL says", ({ member, memberName }) => {
      const property = Object.getOwnPropertyDescriptor(ownerOf(constructor, member), memberName);
      expect(property).toEqual(expectedProperty(member));
      if (member.type === "operation") {
        const method = property?.value as (...values: unknown[]) => unknown;
        expect(method.name).toBe(memberName);
        expect(method).toHaveLength(requiredCount(member));
        expect("prototype" in method).toBe(false);
      }
    });

    const ofObjects = named.filter(
      ({ member }) => ownerOf(constructor, member) === constructor.prototype,
    );
    it.each(ofObjects)("checks `this` in $memberName", async ({ member, memberName }) => {
      const property = Object.getOwnPropertyDescriptor(constructor.prototype, memberName);
      const wrong: unknown[] = [{}, null, constructor.prototype];
      for (const object of wrong) {
        if (member.type === "attribute") {
          expect(() => property?.get?.call(object)).toThrow("Illegal invocation");
          // `this` is checked before the value is converted, which would throw, too.
          const set = (): void => property?.set?.call(object, Symbol("no value"));
          if (property?.set) expect(set).toThrow("Illegal invocation");
        } else {
          const method = property?.value as () => unknown;
          // Before arguments are counted, too: there is none.
          const call = (): unknown => method.call(object);
          const returnsPromise = promised.has(memberName);
          if (returnsPromise) await expect(call()).rejects.toThrow("Illegal invocation");
          else expect(call).toThrow("Illegal invocation");
        }
      }
    });

    it("has no enumerable member besides", () => {
      const known = ofObjects.map(({ memberName }) => memberName).sort();
      expect(Object.keys(constructor.prototype).sort()).toEqual(known);
    });
  },
);
