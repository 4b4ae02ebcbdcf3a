import { describe, expect, it } from "vitest";

import type { DeviceDescription } from "../../../src/contract/device.ts";
import { defaultBackends } from "../../../src/world/default-backends.ts";
import { fallbackCatalogue } from "../../../src/engine/catalogue/fallback-catalogue.ts";
import { lazyBackend } from "../../../src/world/lazy-backend.ts";
import { FakeEngine, camera, microphone, secondCamera } from "../../support/fake-engine.ts";

function namesOf(environment: NodeJS.ProcessEnv, platform?: NodeJS.Platform) {
  return defaultBackends(environment, platform).backends.map(({ name }) => name);
}

describe("the default backends", () => {
  it("are those of the platform, none of them synthetic", () => {
    expect(namesOf({}, "linux")).toEqual(["v4l2", "pulse", "alsa", "x11", "pipewire"]);
    expect(namesOf({}, "aix")).toEqual([]);
  });

  it("play the files that USERMEDIA_FILES names", () => {
    expect(namesOf({ USERMEDIA_FILES: "talk.webm" }, "aix")).toEqual(["file"]);
  });

  it("are just those that USERMEDIA_BACKENDS names, in its order", () => {
    expect(namesOf({ USERMEDIA_BACKENDS: "synthetic, pulse" })).toEqual(["synthetic", "pulse"]);
    expect(() => defaultBackends({ USERMEDIA_BACKENDS: "camera" })).toThrow(
      /names "camera"; there are: v4l2, .*synthetic/u,
    );
  });

  it("list synthetic devices when asked for nothing else", async () => {
    const [synthetic] = defaultBackends({ USERMEDIA_BACKENDS: "synthetic" }).backends;
    const devices = await synthetic?.listDevices();
    expect(devices?.map(({ kind }) => kind).sort()).toEqual([
      "audioinput",
      "audioinput",
      "videoinput",
      "videoinput",
    ]);
  });
});

describe("a fallback catalogue", () => {
  /** As if `description` came from a backend of its own. */
  const from = (backendName: string, description: DeviceDescription) => ({
    backendName,
    description,
    key: `${backendName}:${description.hardwareId}`,
  });

  it("lists fallback devices of the kinds alone that there are no others of", async () => {
    const engine = new FakeEngine([]);
    engine.devices.push(
      from("real", camera),
      from("synthetic", secondCamera),
      from("synthetic", microphone),
    );
    const catalogue = fallbackCatalogue(engine, new Set(["synthetic"]));
    const devices = await catalogue.list();
    expect(devices.map(({ key }) => key)).toEqual(["real:camera-1", "synthetic:microphone-1"]);
  });
});

describe("a lazy backend", () => {
  const backend = () => {
    const calls: string[] = [];
    const load = async () => {
      calls.push("load");
      return {
        name: "lazy",
        listDevices: async () => [],
        open: () => Promise.reject(new Error("not here")),
        watchDevices: () => {
          calls.push("watch");
          return () => void calls.push("unwatch");
        },
        close: async () => void calls.push("close"),
      };
    };
    return { calls, lazy: lazyBackend("lazy", load) };
  };

  it("is loaded once, when it is first asked", async () => {
    const { calls, lazy } = backend();
    await lazy.close?.();
    expect(calls).toEqual([]);
    await Promise.all([lazy.listDevices(), lazy.listDevices()]);
    await lazy.close?.();
    expect(calls).toEqual(["load", "close"]);
  });

  it("watches once it is loaded, unless nobody wants to know any more", async () => {
    const { calls, lazy } = backend();
    const stop = lazy.watchDevices?.(() => undefined);
    lazy.watchDevices?.(() => undefined)();
    await lazy.listDevices();
    await lazy.listDevices();
    expect(calls).toEqual(["load", "watch"]);
    stop?.();
    expect(calls).toEqual(["load", "watch", "unwatch"]);
  });
});
