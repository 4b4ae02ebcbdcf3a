import { expect } from "storybook/test";
import { virtualDevices } from "node-usermedia/testing/vitest-browser";
import { CameraPreview } from "../testing-library/camera-preview.jsx";

const constraints = { video: true };

export default { component: CameraPreview, args: { constraints } };

export const Shown = {
  beforeEach() {
    virtualDevices.addCamera({ label: "Front" });
  },
  async play({ canvas }) {
    await expect(await canvas.findByText("Front")).toBeTruthy();
  },
};

export const Refused = {
  beforeEach() {
    virtualDevices.addCamera({ label: "Front" });
    virtualDevices.permission.deny("camera");
  },
  async play({ canvas }) {
    await expect(await canvas.findByText("You said no")).toBeTruthy();
  },
};

export const Late = {
  beforeEach() {
    virtualDevices.addCamera({ label: "Front" });
    virtualDevices.permission.askAgain();
  },
  async play({ canvas }) {
    await expect(await canvas.findByText("Allow your camera …")).toBeTruthy();
    virtualDevices.permission.grant("camera");
    await expect(await canvas.findByText("Front")).toBeTruthy();
  },
};
