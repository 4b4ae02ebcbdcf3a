import { expect, test } from "vitest";
import { color } from "node-usermedia/testing/browser";
import { virtualDevices } from "node-usermedia/testing/vitest-browser";

// What a library finds when it is loaded.
const foundAtLoad = navigator.mediaDevices;

test("Chromium's own video element shows the virtual camera", async () => {
  virtualDevices.addCamera({ modes: [{ width: 64, height: 48 }], content: color("#00ff00") });
  virtualDevices.addMicrophone();
  const stream = await foundAtLoad.getUserMedia({ audio: true, video: true });
  expect(stream).toBeInstanceOf(MediaStream);
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  expect([video.videoWidth, video.videoHeight]).toEqual([64, 48]);
});

test("begins anew: what the test before did is forgotten", async () => {
  expect(navigator.mediaDevices).toBe(foundAtLoad);
  expect(virtualDevices.calls).toEqual([]);
  const request = navigator.mediaDevices.getUserMedia({ video: true });
  await expect(request).rejects.toMatchObject({ name: "NotFoundError" });
  virtualDevices.permission.deny("camera");
});

test("a denial doesn't reach the next test", async () => {
  virtualDevices.addCamera({ label: "Front" });
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  expect(stream.getVideoTracks()[0].label).toBe("Front");
});
