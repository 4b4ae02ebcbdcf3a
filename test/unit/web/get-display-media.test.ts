import { describe, expect, it } from "vitest";

import { CaptureController } from "../../../src/web/capture-controller.ts";
import { camera, display } from "../../support/fake-engine.ts";
import { fakeWorld } from "../../support/fake-world.ts";

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
