import { define } from "./define.ts";
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
  installStreamUrls(scope);
}

async function reportSources(
  { navigator }: LegacyScope,
  callback: (sources: unknown[]) => void,
): Promise<void> {
  const devices = (await navigator?.mediaDevices?.enumerateDevices?.()) ?? [];
  callback(devices.filter(({ kind }) => kind !== "audiooutput").map(toSource));
}

function toSource({ kind, deviceId, label }: OldDevice): object {
  return { id: deviceId, kind: kind.slice(0, 5), label, facing: "" };
}

function addMembers(target: object | undefined, members: PropertyDescriptorMap): void {
  for (const [name, descriptor] of Object.entries(members)) {
    if (target && !(name in target)) define(target, name, descriptor);
  }
}

/** `video.src = URL.createObjectURL(stream)` becomes `video.srcObject = stream`. */
function installStreamUrls({ URL, HTMLMediaElement }: LegacyScope): void {
  const element = HTMLMediaElement?.prototype ?? {};
  const src = Object.getOwnPropertyDescriptor(element, "src");
  if (!URL || !src?.set) return;
  const { createObjectURL, revokeObjectURL } = URL;
  const { set } = src;
  const streams = new Map<unknown, unknown>();
  URL.createObjectURL = (object) => {
    if (!(object as Partial<OldStream>).getTracks) return createObjectURL.call(URL, object);
    const url = `blob:stream/${Math.random()}`;
    streams.set(url, object);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    streams.delete(url);
    revokeObjectURL.call(URL, url);
  };
  define(element, "src", {
    ...src,
    set(this: { srcObject: unknown }, url: unknown) {
      if (streams.has(url)) this.srcObject = streams.get(url);
      else set.call(this, url);
    },
  });
}
