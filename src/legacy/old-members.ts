import type { LegacyScope, OldDevice } from "./scope.ts";

interface OldStream {
  readonly active: boolean;
  getTracks(): readonly { stop(): void }[];
}

/** Adds members that streams, tracks and media elements once had, where they aren't there. */
export function installOldMembers(scope: LegacyScope): void {
  addMembers(scope.MediaStream?.prototype, {
    stop: {
      value(this: OldStream) {
        for (const track of this.getTracks()) track.stop();
      },
    },
    ended: {
      get(this: OldStream) {
        return !this.active;
      },
    },
  });
  addMembers(scope.MediaStreamTrack, {
    getSources: {
      value(callback: (sources: unknown[]) => void) {
        void reportSources(scope, callback);
      },
    },
  });
  addMembers(scope.HTMLMediaElement?.prototype, {
    mozSrcObject: {
      get(this: { srcObject: unknown }) {
        return this.srcObject;
      },
      set(this: { srcObject: unknown }, stream: unknown) {
        this.srcObject = stream;
      },
    },
  });
  installStreamUrls(scope);
}

async function reportSources(
  { navigator }: LegacyScope,
  callback: (sources: unknown[]) => void,
): Promise<void> {
  const devices = (await navigator?.mediaDevices?.enumerateDevices?.()) ?? [];
  callback(devices.filter(({ kind }) => kind.endsWith("input")).map(toSource));
}

function toSource({ kind, deviceId, label }: OldDevice): object {
  return { id: deviceId, kind: kind.slice(0, 5), label, facing: "" };
}

function addMembers(target: object | undefined, members: PropertyDescriptorMap): void {
  if (!target) return;
  for (const [name, descriptor] of Object.entries(members)) {
    if (!(name in target)) {
      Object.defineProperty(target, name, { configurable: true, ...descriptor });
    }
  }
}

/** `video.src = URL.createObjectURL(stream)` becomes `video.srcObject = stream`. */
function installStreamUrls({ URL, MediaStream, HTMLMediaElement }: LegacyScope): void {
  if (!URL || !MediaStream) return;
  const streams = new Map<string, unknown>();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object) => {
    if (!MediaStream.prototype.isPrototypeOf(object as object)) {
      return createObjectURL.call(URL, object);
    }
    const url = `blob:stream/${streams.size}-${Math.random()}`;
    streams.set(url, object);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    // A page may revoke at once, as it may with a file that is loading; the element keeps it.
    if (!streams.delete(url)) revokeObjectURL.call(URL, url);
  };
  const element = HTMLMediaElement?.prototype;
  const src = element && Object.getOwnPropertyDescriptor(element, "src");
  if (!src?.set) return;
  const { set } = src;
  Object.defineProperty(element, "src", {
    ...src,
    set(this: { srcObject: unknown }, url: unknown) {
      const stream = streams.get(String(url));
      if (stream) this.srcObject = stream;
      else set.call(this, url);
    },
  });
}
