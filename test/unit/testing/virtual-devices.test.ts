import { afterEach, describe, expect, test, vi } from "vitest";

import type { ManualClock } from "../../../src/engine/clock/manual-clock.ts";
import { openFrameCount } from "../../../src/media/open-frames.ts";
import { VirtualDevices } from "../../../src/testing/index.ts";
import type { MediaStreamTrack } from "../../../src/web/track/media-stream-track.ts";

const opened: VirtualDevices[] = [];

function virtualDevices(clock?: ManualClock): VirtualDevices {
  const devices = new VirtualDevices(clock === undefined ? {} : { clock });
  opened.push(devices);
  return devices;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((devices) => devices.close()));
  expect(openFrameCount()).toBe(0);
});

const next = (target: EventTarget, type: string): Promise<Event> =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));

async function openCamera(devices: VirtualDevices): Promise<MediaStreamTrack> {
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new Error("no video track");
  return track;
}

describe("VirtualDevices", () => {
  test("without devices there is no camera", async () => {
    const { mediaDevices } = virtualDevices();
    await expect(mediaDevices.getUserMedia({ video: true })).rejects.toMatchObject({
      name: "NotFoundError",
    });
  });

  test("a camera is chosen by its label's id, facing and modes", async () => {
    const devices = virtualDevices();
    devices.addCamera({ label: "Front", facingMode: "user" });
    devices.addCamera({
      label: "Back",
      facingMode: "environment",
      modes: [{ width: 320, height: 240 }],
    });
    const stream = await devices.mediaDevices.getUserMedia({
      video: { facingMode: { exact: "environment" } },
    });
    const [track] = stream.getTracks();
    expect(track?.label).toBe("Back");
    expect(track?.getSettings()).toMatchObject({ width: 320, height: 240, frameRate: 30 });
    expect(track?.getCapabilities()).toMatchObject({ width: { min: 1, max: 320 } });
    await expect(
      devices.mediaDevices.getUserMedia({
        video: { width: { min: 2000 } },
      }),
    ).rejects.toMatchObject({ name: "OverconstrainedError", constraint: "width" });
  });

  test("unplugging ends the track, empties the list and fires devicechange", async () => {
    const devices = virtualDevices();
    const camera = devices.addCamera();
    const track = await openCamera(devices);
    const ended = next(track, "ended");
    const changed = next(devices.mediaDevices, "devicechange");
    camera.unplug();
    await ended;
    await changed;
    expect(track.readyState).toBe("ended");
    expect(await devices.mediaDevices.enumerateDevices()).toEqual([]);
  });

  test("a device that is plugged in again has the id that it had", async () => {
    const devices = virtualDevices();
    const camera = devices.addCamera();
    (await openCamera(devices)).stop();
    const ids = async () =>
      (await devices.mediaDevices.enumerateDevices()).map(({ deviceId }) => deviceId);
    const before = await ids();
    camera.unplug();
    const changed = next(devices.mediaDevices, "devicechange");
    camera.plug();
    await changed;
    expect(await ids()).toEqual(before);
    expect(before[0]).not.toBe("");
  });

  test("mute and unmute reach the track", async () => {
    const devices = virtualDevices();
    const camera = devices.addCamera();
    const track = await openCamera(devices);
    const muted = next(track, "mute");
    camera.mute();
    await muted;
    expect(track.muted).toBe(true);
    const unmuted = next(track, "unmute");
    camera.unmute();
    await unmuted;
    expect(track.muted).toBe(false);
  });

  test("a busy or broken device fails, and works again afterwards", async () => {
    const devices = virtualDevices();
    const camera = devices.addCamera();
    camera.setBusy();
    await expect(openCamera(devices)).rejects.toMatchObject({ name: "NotReadableError" });
    camera.setBusy(false);
    camera.failWith("The sensor is too hot.");
    await expect(openCamera(devices)).rejects.toMatchObject({
      name: "AbortError",
      message: expect.stringContaining("The sensor is too hot."),
    });
    camera.recover();
    expect((await openCamera(devices)).readyState).toBe("live");
  });

  test("a denied user gives NotAllowedError; one who never answers gives nothing", async () => {
    const devices = virtualDevices();
    devices.addCamera();
    devices.permission.deny("camera");
    await expect(openCamera(devices)).rejects.toMatchObject({ name: "NotAllowedError" });

    devices.permission.dismiss("camera");
    const settled = vi.fn();
    const request = openCamera(devices).finally(settled);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(settled).not.toHaveBeenCalled();
    devices.permission.grant("camera");
    expect((await request).readyState).toBe("live");
  });

  test("denying ends what is captured", async () => {
    const devices = virtualDevices();
    devices.addCamera();
    const track = await openCamera(devices);
    const ended = next(track, "ended");
    devices.permission.deny("camera");
    await ended;
    expect(track.readyState).toBe("ended");
  });

  test("labels are hidden until the user has allowed a capture", async () => {
    const devices = virtualDevices();
    devices.addCamera({ label: "Front" });
    devices.permission.askAgain();
    const labels = async () =>
      (await devices.mediaDevices.enumerateDevices()).map(({ label }) => label);
    expect(await labels()).toEqual([""]);
    devices.permission.grant();
    (await openCamera(devices)).stop();
    expect(await labels()).toEqual(["Front"]);
  });

  test("a device that is added while the list is being made is found", async () => {
    const devices = virtualDevices();
    devices.mediaDevices.addEventListener("devicechange", () => undefined);
    devices.addCamera();
    expect((await openCamera(devices)).readyState).toBe("live");
  });

  test("two devices of one id are refused with advice", () => {
    const devices = virtualDevices();
    devices.addCamera({ label: "Front" });
    expect(() => devices.addMicrophone({ label: "Front" })).toThrow(/another deviceId/);
  });
});

test("a busy camera's running track is shared by a further request, as in Chromium", async () => {
  const devices = virtualDevices();
  const camera = devices.addCamera();
  const track = await openCamera(devices);
  camera.setBusy();
  expect((await openCamera(devices)).readyState).toBe("live");
  expect(track.readyState).toBe("live");
});

test("echoCancellation is exact where a microphone was given it, and nowhere else", async () => {
  const devices = virtualDevices();
  devices.addMicrophone({ label: "Plain" });
  const exact = { audio: { echoCancellation: { exact: true } } };
  await expect(devices.mediaDevices.getUserMedia(exact)).rejects.toMatchObject({
    name: "OverconstrainedError",
    constraint: "echoCancellation",
  });
  devices.addMicrophone({ label: "Speakerphone", echoCancellation: true });
  const stream = await devices.mediaDevices.getUserMedia(exact);
  expect(stream.getTracks()[0]?.label).toBe("Speakerphone");
  expect(stream.getTracks()[0]?.getSettings().echoCancellation).toBe(true);
});
