import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { virtualDevices } from "node-usermedia/testing/vitest";
import { showCamera } from "./camera-app.js";

let camera, video, message;

beforeEach(() => {
  camera = virtualDevices.addCamera({ label: "Front", modes: [{ width: 640, height: 480 }] });
  document.body.innerHTML = "<video></video><p></p>";
  [video, message] = [document.querySelector("video"), document.querySelector("p")];
});
afterEach(() => vi.useRealTimers());

test("shows the camera", async () => {
  await showCamera(video, message);
  expect(message.textContent).toBe("Front");
  expect([video.videoWidth, video.videoHeight]).toEqual([640, 480]);
});

test("says that the user refused", async () => {
  virtualDevices.permission.deny("camera");
  await showCamera(video, message);
  expect(message.textContent).toBe("NotAllowedError");
});

test("begins anew: what the test before did is forgotten", async () => {
  expect(virtualDevices.calls).toEqual([]);
  await showCamera(video, message);
  expect(message.textContent).toBe("Front");
});

test("says which constraint no camera meets", async () => {
  await showCamera(video, message, { video: { width: { min: 4000 } } });
  expect(message.textContent).toBe("OverconstrainedError");
  expect(virtualDevices.calls.at(-1).why).toBe(
    "Front: width is 1 to 640, but at least 4000 is required",
  );
});

test("notices that the camera is unplugged", async () => {
  await showCamera(video, message);
  camera.unplug();
  await vi.waitFor(() => expect(message.textContent).toBe("The camera is gone"));
});

test("plays ten seconds in a moment", async () => {
  vi.useFakeTimers();
  const shown = showCamera(video, message);
  await vi.advanceTimersByTimeAsync(10_000);
  await shown;
  expect(video.currentTime).toBeGreaterThan(9.8);
});
