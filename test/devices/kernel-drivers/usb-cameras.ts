import { expect, it } from "vitest";
import type { CameraDescription } from "../../../src/contract/device.ts";
import { probe } from "../../support/probe.ts";
import type { Findings } from "../../support/vm.ts";

/**
 * What `test/vm/uvc-scenario.mjs` must have found.
 * @param recording what it recorded until the camera was unplugged
 */
export function usbCameras(found: () => Findings, recording: string): void {
  it("lists it once, by its serial number, with its MJPEG modes", () => {
    const [camera, ...others] = found().get("backend") as CameraDescription[];
    expect(camera).toMatchObject({
      hardwareId: "usb-1209:0001-A1-interface00-index0",
      label: "Lab Cam A1",
      isDefault: true,
    });
    expect(others).toEqual([]);
    expect(camera?.modes).toEqual(
      expect.arrayContaining([
        { width: 640, height: 480, frameRate: 15, pixelFormat: "MJPEG" },
        { width: 320, height: 240, frameRate: 15, pixelFormat: "MJPEG" },
      ]),
    );
  });

  it("gives getUserMedia() a track with the camera's name and the mode asked for", () => {
    expect(found().get("track")).toMatchObject({
      label: "Lab Cam A1",
      settings: { width: 320, height: 240 },
      capabilities: { width: { max: 640 }, height: { max: 480 }, frameRate: { max: 15 } },
    });
  });

  it("decodes its MJPEG: red on the left, blue on the right", () => {
    const { left, right, ...size } = found().get("frame") as {
      left: [number, number, number];
      right: [number, number, number];
    };
    expect(size).toEqual({ codedWidth: 320, codedHeight: 240 });
    expect(nameOf(left)).toBe("red");
    expect(nameOf(right)).toBe("blue");
  });

  it("fires devicechange when another camera is plugged in, while the first captures", () => {
    const plugged = found().get("plugged") as { changes: number; labels: string[] };
    expect(plugged).toMatchObject({ capturing: "live" });
    expect(plugged.changes).toBeGreaterThan(0);
    expect(plugged.labels.toSorted()).toEqual(["Lab Cam A1", "Lab Cam B2"]);
  });

  it("ends the track of an unplugged camera, stops its recorder, and fires devicechange", () => {
    const unplugged = found().get("unplugged") as { changes: number };
    expect(unplugged).toMatchObject({
      readyState: "ended",
      recorder: "inactive",
      labels: ["Lab Cam B2"],
    });
    expect(unplugged.changes).toBeGreaterThan(0);
  });

  it("leaves a playable recording of what came before it was unplugged", async () => {
    expect(found().has("unplugged")).toBe(true);
    const { durationS, streams } = await probe(recording);
    expect(streams).toMatchObject([{ codec_type: "video", width: 320, height: 240 }]);
    expect(durationS).toBeGreaterThan(0.5);
  });

  it("knows the camera again in another port: the device id is the same", () => {
    expect(found().get("replugged")).toEqual({
      label: "Lab Cam A1",
      isSameId: true,
      permission: "granted",
    });
  });
}

function nameOf([red, green, blue]: readonly [number, number, number]): string {
  if (red > 150 && green < 90 && blue < 90) return "red";
  if (blue > 150 && green < 90 && red < 90) return "blue";
  return `rgb(${red}, ${green}, ${blue})`;
}
