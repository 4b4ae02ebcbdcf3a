import { afterEach, expect, test } from "vitest";

import { openFrameCount } from "../../../src/media/open-frames.ts";
import { ManualClock, VirtualDevices, type VirtualCamera } from "../../../src/testing/index.ts";
import type { DeviceChangeEvent } from "../../../src/web/media-devices/device-change-event.ts";
import { mediaStreamTrackBrand } from "../../../src/web/track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../../../src/web/track/media-stream-track.ts";

const rooms: VirtualDevices[] = [];

afterEach(async () => {
  await Promise.all(rooms.splice(0).map((devices) => devices.close()));
  expect(openFrameCount()).toBe(0);
});

const modes = [{ width: 64, height: 48, frameRate: 10 }];

/** A camera of ten pictures a second at work, and what counts its pictures. */
async function runningCamera() {
  const clock = new ManualClock();
  const devices = new VirtualDevices({ clock });
  rooms.push(devices);
  const camera: VirtualCamera = devices.addCamera({ modes });
  const stream = await devices.mediaDevices.getUserMedia({ video: true });
  const [track] = stream.getVideoTracks() as [MediaStreamTrack];
  let pictures = 0;
  mediaStreamTrackBrand.slotsOf(track).track.connect({
    frame(frame) {
      pictures += 1;
      frame.close();
    },
  });
  /** How many pictures come in as many ms. */
  const during = async (ms: number): Promise<number> => {
    pictures = 0;
    await clock.advance(ms);
    return pictures;
  };
  // The picture that is due at once.
  await clock.advance(50);
  return { camera, devices, during, track };
}

test("a frozen camera gives no picture and no word; its track is muted before long", async () => {
  const { camera, during, track } = await runningCamera();
  expect(await during(1000)).toBe(10);
  const muted = new Promise((resolve) => track.addEventListener("mute", resolve));
  camera.freeze();
  expect(await during(500)).toBe(0);
  expect([track.readyState, track.muted]).toEqual(["live", false]);
  await during(1000);
  await muted;
  const unmuted = new Promise((resolve) => track.addEventListener("unmute", resolve));
  camera.unfreeze();
  await during(200);
  await unmuted;
  expect(await during(1000)).toBe(10);
});

test("a camera that is slowed down to half gives half as many pictures", async () => {
  const { camera, during } = await runningCamera();
  camera.slowDown(2);
  await during(200);
  expect(await during(1000)).toBe(5);
  camera.slowDown(1);
  await during(200);
  expect(await during(1000)).toBe(10);
  expect(() => camera.slowDown(0)).toThrow(RangeError);
});

test("a camera loses as many pictures as it is told to, and no more", async () => {
  const { camera, during } = await runningCamera();
  camera.dropFrames(3);
  expect(await during(1000)).toBe(7);
  expect(await during(1000)).toBe(10);
});

test("the default microphone is the one that a program gets which doesn't choose", async () => {
  const devices = new VirtualDevices();
  rooms.push(devices);
  devices.addMicrophone({ label: "Headset" });
  const desk = devices.addMicrophone({ label: "Desk" });
  const chosen = async () => {
    const stream = await devices.mediaDevices.getUserMedia({ audio: true });
    const [track] = stream.getTracks();
    track?.stop();
    return track?.label;
  };
  expect(await chosen()).toBe("Headset");
  devices.setDefault(desk);
  expect(await chosen()).toBe("Desk");
});

test("another default fires devicechange and is listed first of its kind", async () => {
  const devices = new VirtualDevices();
  rooms.push(devices);
  devices.addMicrophone({ label: "Headset" });
  devices.addCamera({ label: "Front" });
  const desk = devices.addMicrophone({ label: "Desk" });
  const { mediaDevices } = devices;
  const stream = await mediaDevices.getUserMedia({ audio: true, video: true });
  for (const track of stream.getTracks()) track.stop();
  const labels = async () => (await mediaDevices.enumerateDevices()).map(({ label }) => label);
  expect(await labels()).toEqual(["Headset", "Desk", "Front"]);
  const changed = new Promise<Event>((resolve) => {
    mediaDevices.addEventListener("devicechange", resolve, { once: true });
  });
  devices.setDefault(desk);
  const { devices: listed } = (await changed) as DeviceChangeEvent;
  expect(listed.map(({ label }) => label)).toEqual(["Desk", "Headset", "Front"]);
  expect(await labels()).toEqual(["Desk", "Headset", "Front"]);
});

test("a camera whose modes change is chosen by the new ones", async () => {
  const devices = new VirtualDevices();
  rooms.push(devices);
  const camera = devices.addCamera({ modes });
  const { mediaDevices } = devices;
  const wide = () => mediaDevices.getUserMedia({ video: { width: { min: 1000 } } });
  await expect(wide()).rejects.toMatchObject({ constraint: "width" });
  camera.changeModes([...modes, { width: 1280, height: 720 }]);
  const [track] = (await wide()).getVideoTracks();
  expect(track?.getSettings()).toMatchObject({ width: 1280, height: 720, frameRate: 30 });
});

test("a microphone whose modes change captures in the new ones", async () => {
  const devices = new VirtualDevices();
  rooms.push(devices);
  const microphone = devices.addMicrophone();
  microphone.changeModes([{ sampleRate: 16_000, channelCount: 2 }]);
  const stream = await devices.mediaDevices.getUserMedia({ audio: true });
  const [track] = stream.getAudioTracks();
  expect(track?.getSettings()).toMatchObject({ sampleRate: 16_000, channelCount: 2 });
});
