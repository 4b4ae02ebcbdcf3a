import { cleanup, render, screen, waitFor } from "@testing-library/react";
import React from "react";
import { afterEach, expect, test } from "vitest";
import { virtualDevices } from "node-usermedia/testing/vitest";
import { CameraPreview } from "./camera-preview.jsx";

const constraints = { video: { facingMode: "environment" } };

afterEach(cleanup);

test("waits for the user, then shows the camera that faces away", async () => {
  const devices = virtualDevices;
  devices.addCamera({ label: "Front", facingMode: "user" });
  const back = devices.addCamera({ label: "Back", facingMode: "environment" });
  devices.permission.askAgain();
  const { container } = render(<CameraPreview constraints={constraints} />);
  expect(screen.getByText("Allow your camera …")).toBeTruthy();
  devices.permission.grant("camera");
  await screen.findByText("Back");
  await waitFor(() => expect(container.querySelector("video").videoWidth).toBeGreaterThan(0));
  expect(back.isLive).toBe(true);
});

test("says so when the user refuses", async () => {
  const devices = virtualDevices;
  devices.addCamera();
  devices.permission.deny("camera");
  render(<CameraPreview constraints={constraints} />);
  expect(await screen.findByText("You said no")).toBeTruthy();
});

test("stops the camera when it goes away, even before the user has answered", async () => {
  const devices = virtualDevices;
  const camera = devices.addCamera();
  devices.permission.askAgain();
  const { unmount } = render(<CameraPreview constraints={constraints} />);
  unmount();
  devices.permission.grant("camera");
  await waitFor(() => expect(devices.calls[0].outcome).toBe("fulfilled"));
  await waitFor(() => expect(camera.isLive).toBe(false));
});
