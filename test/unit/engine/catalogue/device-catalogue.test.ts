import { describe, expect, it } from "vitest";

import type { Backend, DeviceDescription } from "../../../../src/contract/device.ts";
import { BackendCatalogue } from "../../../../src/engine/catalogue/device-catalogue.ts";
import { ManualClock } from "../../../../src/engine/clock/manual-clock.ts";
import { CAMERA, MICROPHONE, ScriptedBackend } from "../../../support/scripted-backend.ts";

const broken: Backend = {
  name: "broken",
  listDevices: async () => {
    throw new Error("no sound server");
  },
  open: () => Promise.reject(new Error("never opened")),
};

function setUp(...others: readonly Backend[]) {
  const backend = new ScriptedBackend();
  const clock = new ManualClock();
  const catalogue = new BackendCatalogue([...others, backend], clock);
  const keys = async () => (await catalogue.list()).map((device) => device.key);
  return { backend, clock, catalogue, keys };
}

describe("the catalogue of devices", () => {
  it("lists microphones before cameras, and the default first", async () => {
    const { backend, keys } = setUp();
    const other: DeviceDescription = { ...MICROPHONE, hardwareId: "other", isDefault: false };
    backend.devices = [CAMERA, other, MICROPHONE];
    expect(await keys()).toEqual(["scripted:microphone", "scripted:other", "scripted:camera"]);
  });

  it("lists the devices of the others when a backend is broken, and says what failed", async () => {
    const { catalogue, keys } = setUp(broken);
    expect(await keys()).toEqual(["scripted:microphone", "scripted:camera"]);
    expect(catalogue.problems).toMatchObject([{ message: "no sound server" }]);
  });

  it("doesn't wait for ever for a backend that doesn't answer", async () => {
    const stuck: Backend = { ...broken, listDevices: () => new Promise(() => undefined) };
    const { clock, keys } = setUp(stuck);
    const list = keys();
    await clock.advance(15_000);
    expect(await list).toEqual(["scripted:microphone", "scripted:camera"]);
  });

  it("tells of changes once for many that come together, and not where nothing changed", async () => {
    const { backend, clock, catalogue } = setUp();
    let told = 0;
    const stop = catalogue.watch(() => (told += 1));
    await clock.advance(0);
    backend.setDevices([CAMERA]);
    backend.setDevices([]);
    backend.setDevices([CAMERA]);
    await clock.advance(200);
    expect(told).toBe(1);
    backend.setDevices([]);
    backend.setDevices([CAMERA]);
    await clock.advance(200);
    expect(told).toBe(1);
    stop();
    expect(backend.isWatched).toBe(false);
    backend.setDevices([]);
    await clock.advance(200);
    expect([told, clock.pending]).toEqual([1, 0]);
  });
});
