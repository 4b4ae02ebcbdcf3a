import { describe } from "vitest";

import { ManualClock } from "../../src/engine/clock/manual-clock.ts";
import { VirtualDevices } from "../../src/testing/index.ts";
import { describeBackend } from "./backend.ts";

describe.each(["Front", "Desk"])("VirtualBackend, %s", (hardwareId) => {
  describeBackend(async () => {
    const clock = new ManualClock();
    const devices = new VirtualDevices({ clock });
    devices.addCamera({ label: "Front" });
    devices.addMicrophone({ label: "Desk" });
    return { backend: devices.backend, hardwareId, advance: (ms) => clock.advance(ms) };
  });
});
