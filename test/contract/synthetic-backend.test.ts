import { describe } from "vitest";

import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { ManualClock } from "../../src/engine/clock/manual-clock.ts";
import { describeBackend } from "./backend.ts";

describe.each(["camera-1", "microphone-1"])("SyntheticBackend, %s", (hardwareId) => {
  describeBackend(async () => {
    const clock = new ManualClock();
    const backend = new SyntheticBackend({ clock });
    return { backend, hardwareId, advance: (ms) => clock.advance(ms) };
  });
});
