import { describe, expect, it, vi } from "vitest";

import type { DeviceDescription } from "../../../../src/contract/device.ts";
import { CaptureController } from "../../../../src/web/media-devices/capture-controller.ts";
import type { DisplayMediaStreamOptions } from "../../../../src/web/media-devices/display-media-options.ts";
import { camera, display, microphone, output } from "../../../support/fake-engine.ts";
import { fakeWorld } from "../../../support/fake-world.ts";

const tab = { ...display, hardwareId: "tab", label: "A tab", displaySurface: "browser" } as const;

describe("getDisplayMedia()", () => {
  it.each([[undefined], [{}], [{ video: true }], [{ audio: true }], [{ video: {} }]])(
    "captures a display for %j",
    async (options) => {
      const { mediaDevices } = fakeWorld([camera, display]);
      const stream = await mediaDevices.getDisplayMedia(options);
      expect(stream.getTracks().map(({ kind, label }) => [kind, label])).toEqual([
        ["video", "Screen"],
      ]);
      expect(stream.getTracks()[0]?.getSettings()).toMatchObject({ displaySurface: "monitor" });
    },
  );

  it.each([
    [{ video: false }],
    [{ video: { advanced: [{ width: 320 }] } }],
    [{ video: { width: { min: 320 } } }],
    [{ video: { frameRate: { exact: 4 } } }],
  ])("rejects %j with a TypeError at once", async (options) => {
    const { mediaDevices } = fakeWorld([display]);
    const race = Promise.race([mediaDevices.getDisplayMedia(options), Promise.resolve()]);
    await expect(race).rejects.toBeInstanceOf(TypeError);
  });

  it("scales to what is asked, and rejects what nothing can be scaled to", async () => {
    const { mediaDevices } = fakeWorld([display]);
    const stream = await mediaDevices.getDisplayMedia({ video: { width: 160 } });
    expect(stream.getTracks()[0]?.getSettings()).toMatchObject({ width: 160, height: 90 });
    await expect(
      mediaDevices.getDisplayMedia({ video: { width: { max: 0 } } }),
    ).rejects.toMatchObject({ name: "OverconstrainedError", constraint: "width" });
  });

  it("prefers the surface that is wished for", async () => {
    const { mediaDevices } = fakeWorld([display, tab]);
    const stream = await mediaDevices.getDisplayMedia({ video: { displaySurface: "browser" } });
    expect(stream.getTracks()[0]?.label).toBe("A tab");
  });

  it("leaves monitors out where they are excluded", async () => {
    const { mediaDevices } = fakeWorld([display, tab]);
    const stream = await mediaDevices.getDisplayMedia({ monitorTypeSurfaces: "exclude" });
    expect(stream.getTracks()[0]?.label).toBe("A tab");
    const contradiction = { video: { displaySurface: "monitor" } };
    await expect(
      mediaDevices.getDisplayMedia({ ...contradiction, monitorTypeSurfaces: "exclude" }),
    ).rejects.toBeInstanceOf(TypeError);
  });

  it("needs a user gesture where there are such", async () => {
    const { mediaDevices } = fakeWorld([display], { hasTransientActivation: () => false });
    await expect(mediaDevices.getDisplayMedia()).rejects.toMatchObject({
      name: "InvalidStateError",
    });
  });

  it("captures what the machine plays with a monitor, where that can be heard and is asked for", async () => {
    const kindsOf = async (
      options: DisplayMediaStreamOptions,
      devices: DeviceDescription[],
    ): Promise<string[]> => {
      const stream = await fakeWorld(devices).mediaDevices.getDisplayMedia(options);
      return stream.getTracks().map(({ kind }) => kind);
    };
    const both = [display, output];
    expect(await kindsOf({ audio: true }, both)).toEqual(["audio", "video"]);
    expect(await kindsOf({}, both)).toEqual(["video"]);
    expect(await kindsOf({ audio: true, systemAudio: "exclude" }, both)).toEqual(["video"]);
    expect(await kindsOf({ audio: true }, [tab, output])).toEqual(["video"]);
    expect(await kindsOf({ audio: true }, [display, microphone])).toEqual(["video"]);
  });

  it("keeps what a program wishes of the sound, and refuses what the sound can't be", async () => {
    const { mediaDevices } = fakeWorld([display, output]);
    const audio = { suppressLocalAudioPlayback: true, channelCount: 1 };
    const stream = await mediaDevices.getDisplayMedia({ audio });
    const [sound] = stream.getAudioTracks();
    expect(sound?.getSettings()).toMatchObject({ ...audio, deviceId: expect.any(String) });
    expect(stream.getVideoTracks()[0]?.getSettings()).not.toHaveProperty(
      "suppressLocalAudioPlayback",
    );
    const exact = { audio: { channelCount: { exact: 1 } } };
    await expect(mediaDevices.getDisplayMedia(exact)).rejects.toBeInstanceOf(TypeError);
    const impossible = { audio: { sampleRate: { max: 1 } } };
    await expect(mediaDevices.getDisplayMedia(impossible)).rejects.toMatchObject({
      constraint: "sampleRate",
    });
  });

  it("asks about the screen and its sound in one question, and lists no output as a device", async () => {
    const { mediaDevices, permission } = fakeWorld([display, output]);
    const request = vi.spyOn(permission, "request");
    await mediaDevices.getDisplayMedia();
    expect(request.mock.lastCall?.[0].kinds).toEqual([
      { name: "display-capture", devices: expect.any(Array) },
    ]);
    // What is live already needs no question, but its sound is more than that.
    await mediaDevices.getDisplayMedia({ audio: true });
    expect(request.mock.lastCall?.[0].kinds).toMatchObject([
      { name: "display-capture", withSound: true },
    ]);
    await mediaDevices.getDisplayMedia({ audio: true });
    expect(request).toHaveBeenCalledTimes(2);
    expect(await mediaDevices.enumerateDevices()).toEqual([]);
  });

  it("rejects with what the user decides, and where there is no display", async () => {
    const { mediaDevices, permission } = fakeWorld([display]);
    permission.deny("display-capture");
    await expect(mediaDevices.getDisplayMedia()).rejects.toMatchObject({ name: "NotAllowedError" });
    await expect(fakeWorld([camera]).mediaDevices.getDisplayMedia()).rejects.toMatchObject({
      name: "NotFoundError",
    });
  });
});

describe("CaptureController", () => {
  const invalidState = expect.objectContaining({ name: "InvalidStateError" });

  it("takes the focus behaviour in the task that gets the stream, once", async () => {
    const { mediaDevices } = fakeWorld([tab]);
    const controller = new CaptureController();
    await mediaDevices.getDisplayMedia({ controller });
    controller.setFocusBehavior("no-focus-change");
    expect(() => controller.setFocusBehavior("no-focus-change")).toThrow(invalidState);
  });

  it("refuses it for a monitor, and when the call has failed", async () => {
    const controller = new CaptureController();
    await fakeWorld([display]).mediaDevices.getDisplayMedia({ controller });
    expect(() => controller.setFocusBehavior("no-focus-change")).toThrow(invalidState);
    const other = new CaptureController();
    await expect(
      fakeWorld([]).mediaDevices.getDisplayMedia({ controller: other }),
    ).rejects.toMatchObject({ name: "NotFoundError" });
    expect(() => other.setFocusBehavior("no-focus-change")).toThrow(invalidState);
  });

  it("serves one call", async () => {
    const { mediaDevices } = fakeWorld([tab]);
    const controller = new CaptureController();
    await mediaDevices.getDisplayMedia({ controller });
    await expect(mediaDevices.getDisplayMedia({ controller })).rejects.toEqual(invalidState);
  });
});
