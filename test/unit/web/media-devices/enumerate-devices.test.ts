import { describe, expect, it, vi } from "vitest";

import type { DeviceChangeEvent } from "../../../../src/web/media-devices/device-change-event.ts";
import { InputDeviceInfo } from "../../../../src/web/media-devices/input-device-info.ts";
import { camera, display, microphone, secondCamera } from "../../../support/fake-engine.ts";
import { fakeWorld, tasks } from "../../../support/fake-world.ts";

const devices = [secondCamera, camera, microphone, display];

describe("enumerateDevices()", () => {
  it("tells before capture and permission no more than which kinds there are", async () => {
    const { mediaDevices, permission } = fakeWorld(devices);
    permission.askAgain();
    const infos = await mediaDevices.enumerateDevices();
    expect(infos.map((info) => info.toJSON())).toEqual([
      { kind: "audioinput", deviceId: "", label: "", groupId: "" },
      { kind: "videoinput", deviceId: "", label: "", groupId: "" },
    ]);
    const [info] = infos;
    expect(info).toBeInstanceOf(InputDeviceInfo);
    expect((info as InputDeviceInfo).getCapabilities()).toEqual({});
  });

  it("lists the devices of a kind that is granted before any is opened", async () => {
    const { mediaDevices, permission } = fakeWorld(devices);
    permission.askAgain("microphone");
    const infos = await mediaDevices.enumerateDevices();
    expect(infos.map(({ deviceId, label }) => [label, deviceId.length])).toEqual([
      ["", 0],
      ["Camera One", 64],
      ["Camera Two", 64],
    ]);
    permission.deny("camera");
    expect((await mediaDevices.enumerateDevices()).map(({ label }) => label)).toEqual(["", ""]);
  });

  it("lists microphones, then cameras, the default first, once they may be told", async () => {
    const { mediaDevices } = fakeWorld(devices);
    const stream = await mediaDevices.getUserMedia({ audio: true, video: true });
    for (const track of stream.getTracks()) track.stop();
    const infos = await mediaDevices.enumerateDevices();
    expect(infos.map(({ kind, label }) => [kind, label])).toEqual([
      ["audioinput", "Microphone One"],
      ["videoinput", "Camera One"],
      ["videoinput", "Camera Two"],
    ]);
    const settings = stream.getVideoTracks()[0]?.getSettings();
    expect(infos[1]).toMatchObject({ deviceId: settings?.deviceId, groupId: settings?.groupId });
    expect(infos[0]?.groupId).toBe(infos[1]?.groupId);
    expect(infos[2]?.groupId).not.toBe(infos[1]?.groupId);
    expect((infos[1] as InputDeviceInfo).getCapabilities()).toEqual(
      stream.getVideoTracks()[0]?.getCapabilities(),
    );
  });

  it("keeps names from a kind that isn't permitted", async () => {
    const { mediaDevices, permission } = fakeWorld(devices);
    permission.dismiss("camera");
    await mediaDevices.getUserMedia({ audio: true });
    const infos = await mediaDevices.enumerateDevices();
    expect(infos.map(({ kind, label }) => [kind, label])).toEqual([
      ["audioinput", "Microphone One"],
      ["videoinput", ""],
      ["videoinput", ""],
    ]);
  });

  it("gives ids that depend on the application, the origin and its stored data alone", async () => {
    const idIn = async (origin: string, salt?: string) => {
      const world = fakeWorld([camera], { origin });
      if (salt) world.permission.clearSiteData();
      const stream = await world.mediaDevices.getUserMedia({ video: true });
      return stream.getTracks()[0]?.getSettings().deviceId;
    };
    const id = await idIn("https://a.example");
    expect(id).toMatch(/^[0-9a-f]{64}$/u);
    expect(await idIn("https://a.example")).toBe(id);
    expect(await idIn("https://b.example")).not.toBe(id);
    expect(await idIn("https://a.example", "another")).not.toBe(id);
  });

  it("leaves out kinds that the document's policy forbids", async () => {
    const { mediaDevices } = fakeWorld(devices, { isAllowedToUse: (name) => name !== "camera" });
    const infos = await mediaDevices.enumerateDevices();
    expect(infos.map(({ kind }) => kind)).toEqual(["audioinput"]);
  });
});

describe("devicechange", () => {
  it("watches the devices only for somebody who listens", () => {
    const { engine, mediaDevices } = fakeWorld(devices);
    mediaDevices.addEventListener("something", () => undefined);
    expect(engine.watcherCount).toBe(0);
    mediaDevices.ondevicechange = () => undefined;
    mediaDevices.addEventListener("devicechange", () => undefined);
    expect(engine.watcherCount).toBe(1);
  });

  it("watches no longer when the last listener is removed, and fires nothing then", async () => {
    const { engine, mediaDevices } = fakeWorld(devices);
    const changed = vi.fn<() => void>();
    mediaDevices.addEventListener("devicechange", changed);
    mediaDevices.ondevicechange = changed;
    mediaDevices.removeEventListener("devicechange", changed);
    expect(engine.watcherCount).toBe(1);
    mediaDevices.ondevicechange = null;
    expect(engine.watcherCount).toBe(0);
    engine.plug({ ...camera, hardwareId: "camera-3" });
    await tasks();
    expect(changed).not.toHaveBeenCalled();
  });

  it("tells the new list, and what was plugged in", async () => {
    const { engine, mediaDevices } = fakeWorld([camera]);
    await mediaDevices.getUserMedia({ video: true });
    const changed = vi.fn<(event: Event) => void>();
    mediaDevices.ondevicechange = changed;
    await tasks();
    engine.plug(secondCamera);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
    const event = changed.mock.calls[0]?.[0] as DeviceChangeEvent | undefined;
    expect(event?.devices.map(({ label }) => label)).toEqual(["Camera One", "Camera Two"]);
    expect(event?.userInsertedDevices.map(({ label }) => label)).toEqual(["Camera Two"]);
    expect(Object.isFrozen(event?.devices)).toBe(true);
  });

  it("is silent about a change that may not be told", async () => {
    const { engine, mediaDevices, permission } = fakeWorld([camera]);
    permission.askAgain();
    const changed = vi.fn<() => void>();
    mediaDevices.ondevicechange = changed;
    await tasks();
    engine.plug(secondCamera);
    await tasks();
    expect(changed).not.toHaveBeenCalled();
    engine.plug(microphone);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  });

  it("watches no longer when its world is closed", () => {
    const world = fakeWorld([camera]);
    world.mediaDevices.ondevicechange = () => undefined;
    world.close();
    expect(world.engine.watcherCount).toBe(0);
  });
});
