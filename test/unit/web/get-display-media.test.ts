import { describe, expect, it } from "vitest";

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
