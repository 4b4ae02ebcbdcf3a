import { define } from "./define.ts";
import type { LegacyScope, OldDevice } from "./scope.ts";

interface OldStream {
  readonly active: boolean;
  getTracks(): readonly { stop(): void }[];
}

interface OldElement {
  src: string;
  srcObject: unknown;
  setAttribute(name: string, value: string): void;
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
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
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
  if (!HTMLMediaElement) return;
  const element = HTMLMediaElement.prototype as OldElement;
  const { createObjectURL, revokeObjectURL } = URL;
  const { setAttribute } = element;
  const { src, srcObject } = Object.getOwnPropertyDescriptors(element);
  const streams = new Map<unknown, unknown>();
  URL.createObjectURL = (object) => {
    if (!(object as Partial<OldStream>).getTracks) return createObjectURL.call(URL, object);
    const url = `blob:stream/${Math.random()}`;
    streams.set(url, object);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    if (!streams.delete(url)) revokeObjectURL.call(URL, url);
  };
  define(element, "setAttribute", {
    writable: true,
    value(this: OldElement, name: string, value: string) {
      if (name === "src") this.srcObject = streams.get(value) ?? null;
      if (name !== "src" || !this.srcObject) setAttribute.call(this, name, value);
    },
  });
  define(element, "src", {
    ...src,
    set(this: OldElement, url: string) {
      this.setAttribute("src", url);
    },
  });
  define(element, "mozSrcObject", srcObject);
}
