import { CameraPreview } from "../testing-library/camera-preview.jsx";
import { virtualDevices } from "node-usermedia/testing/vitest";

const constraints = { video: true };

export default { component: CameraPreview, args: { constraints } };

export const Shown = {
  beforeEach() {
    virtualDevices.addCamera({ label: "Front" });
  },
};

export const Refused = {
  beforeEach() {
    virtualDevices.addCamera({ label: "Front" });
    virtualDevices.permission.deny("camera");
  },
};

export const TooLarge = {
  args: { constraints: { video: { width: { min: 4000 } } } },
  beforeEach: Shown.beforeEach,
};
