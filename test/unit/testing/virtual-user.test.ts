import { afterEach, expect, test, vi } from "vitest";

import { VirtualDevices } from "../../../src/testing/index.ts";

let room: VirtualDevices;

afterEach(() => room.close());

function twoCameras() {
  room = new VirtualDevices();
  const front = room.addCamera({ label: "Front" });
  const back = room.addCamera({ label: "Back" });
  const open = async () => {
    const stream = await room.mediaDevices.getUserMedia({ video: true });
    return stream.getVideoTracks()[0]?.label;
  };
  return { back, front, open, permission: room.permission };
}

test("one camera of two can be denied: a program gets the other", async () => {
  const { front, open, permission } = twoCameras();
  permission.deny("camera", front.deviceId);
  expect(await open()).toBe("Back");
  permission.grant("camera", front.deviceId);
  expect(await open()).toBe("Front");
});

test("a user who grants one camera answers the request that waits for either", async () => {
  const { back, open, permission } = twoCameras();
  permission.askAgain("camera");
  const label = open();
  permission.grant("camera", back.deviceId);
  expect(await label).toBe("Back");
});

test("to be asked again of a kind forgets what was answered about its devices", async () => {
  const { front, open, permission } = twoCameras();
  permission.grant("camera", front.deviceId);
  permission.askAgain();
  const settled = vi.fn();
  const label = open().finally(settled);
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).not.toHaveBeenCalled();
  expect((await room.navigator.permissions.query({ name: "camera" })).state).toBe("prompt");
  permission.grant();
  expect(await label).toBe("Front");
});

test("to be asked again of one camera leaves the other as it was", async () => {
  const { front, open, permission } = twoCameras();
  permission.grant("camera");
  permission.askAgain("camera", front.deviceId);
  expect(await open()).toBe("Back");
});

test("a dismissed camera keeps a request pending, while microphones are granted", async () => {
  const { open, permission } = twoCameras();
  room.addMicrophone({ label: "Headset" });
  permission.dismiss("camera");
  const settled = vi.fn();
  const label = open().finally(settled);
  const sound = await room.mediaDevices.getUserMedia({ audio: true });
  expect(sound.getAudioTracks()[0]?.label).toBe("Headset");
  expect(settled).not.toHaveBeenCalled();
  permission.grant("camera");
  expect(await label).toBe("Front");
});
