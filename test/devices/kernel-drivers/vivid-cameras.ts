import { expect, it } from "vitest";
import type { CameraDescription } from "../../../src/contract/device.ts";
import type { Findings } from "../../support/vm.ts";

/** What `test/vm/vivid-scenario.mjs` must have found. */
export function vividCameras(found: () => Findings): void {
  it("lists both cameras with their modes, the first as the default", () => {
    const cameras = found().get("devices") as CameraDescription[];
    expect(cameras.map(({ isDefault }) => isDefault)).toEqual([true, false]);
    expect(new Set(cameras.map(({ hardwareId }) => hardwareId)).size).toBe(2);
    for (const { modes, label } of cameras) {
      expect(label).toMatch(/vivid/);
      expect(modes).toContainEqual(
        expect.objectContaining({ width: 1280, height: 720, frameRate: 12.5 }),
      );
      expect(modes).toContainEqual(
        expect.objectContaining({ width: 320, height: 180, frameRate: 60 }),
      );
    }
  });

  it("captures 1280x720, stamped on the monotonic clock by the driver", () => {
    const { configuration, frames } = found().get("720p") as {
      configuration: unknown;
      frames: { codedWidth: number; codedHeight: number; timestamp: number; ageUs: number }[];
    };
    expect(configuration).toMatchObject({ mode: { width: 1280, height: 720, frameRate: 12.5 } });
    for (const frame of frames) {
      expect(frame).toMatchObject({ codedWidth: 1280, codedHeight: 720 });
      expect(frame.ageUs).toBeGreaterThan(0);
    }
    const times = frames.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it("says that a camera is busy, and leaves who uses it unharmed", () => {
    expect(found().get("busy")).toMatchObject({ name: "DeviceError", code: "busy" });
    expect(found().get("first after busy")).not.toHaveProperty("ended");
  });

  it("makes the record command end with code 5 while a camera is busy, and leave no file", () => {
    expect(found().get("busy for the command")).toEqual({
      code: 5,
      stderr: expect.stringMatching(/^usermedia: .*busy.*close that one.*\n$/i),
      isLeft: false,
    });
  });

  it("changes the mode of a running camera, with no frame of the old one after it", () => {
    expect(found().get("reconfigured")).toMatchObject({
      configuration: { mode: { width: 320, height: 180 } },
      frame: { codedWidth: 320, codedHeight: 180 },
    });
  });

  it("is muted while the driver gives nothing, and unmuted when it does", () => {
    expect((found().get("muted") as boolean[]).slice(-2)).toEqual([true, false]);
  });

  it("ends when the camera is disconnected, which can be opened again", () => {
    expect(found().get("disconnected")).toMatchObject({ code: "not-found" });
    expect(found().get("reopened")).toBe(true);
  });

  it.each(["vidioc_reqbufs", "vidioc_streamon"])(
    "doesn't open while the driver refuses %s, and opens when it doesn't",
    (call) => {
      expect(found().get(`${call} fails`)).toMatchObject({ name: "DeviceError" });
      expect(found().get(`after ${call}`)).toBe(true);
    },
  );

  it("goes on after a picture that the driver calls damaged", () => {
    expect(found().get("after a damaged picture")).toEqual({ muted: [] });
  });

  it("ends with a driver that gives up, and can be opened again", () => {
    expect(found().get("fatal streaming error")).toMatchObject({ code: "failed" });
    expect(found().get("after the fatal error")).toBe(true);
  });

  it("sees cameras go and come, under the ids that they had", () => {
    expect(found().get("unplugged")).toEqual({ devices: [] });
    const cameras = found().get("devices") as CameraDescription[];
    expect(found().get("replugged")).toEqual(cameras.map(({ hardwareId }) => hardwareId));
  });

  it("tells a user who may not use the camera what to do", () => {
    expect(found().get("not allowed")).toMatchObject({ code: "not-allowed", message: /group/ });
  });
}
