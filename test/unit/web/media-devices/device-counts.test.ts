import type * as fs from "node:fs";
import { expect, it, vi } from "vitest";

import { selectSettings } from "../../../../src/constraints/select-settings.ts";
import { createPermissionBroker } from "../../../../src/permission/index.ts";
import { createWorld } from "../../../../src/web/create-world.ts";
import { camera, FakeEngine } from "../../../support/fake-engine.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const counts = vi.hoisted(() => ({ stat: 0 }));
vi.mock("../../../../src/constraints/select-settings.ts", async (original) => {
  const module = await original<{ selectSettings: typeof selectSettings }>();
  return { selectSettings: vi.fn(module.selectSettings) };
});
vi.mock("node:fs", async (original) => {
  const module = await original<typeof fs>();
  const statSync: typeof module.statSync = ((...values: Parameters<typeof module.statSync>) => {
    counts.stat += 1;
    return module.statSync(...values);
  }) as never;
  return { ...module, statSync };
});

/** What one call costs on a machine with so many cameras. */
async function costOf(cameras: number) {
  const engine = new FakeEngine(
    Array.from({ length: cameras }, (_, index) => ({
      ...camera,
      hardwareId: `camera-${index}`,
      hardwareGroupId: `camera-${index}`,
    })),
  );
  const permission = createPermissionBroker({
    environment: {
      USERMEDIA_PERMISSIONS: "camera=granted",
      USERMEDIA_CONFIG_DIR: temporaryFolder(),
    },
  });
  const { mediaDevices } = createWorld({ catalogue: engine, sources: engine, permission });
  // The store's folder is made, and its secret read.
  await mediaDevices.enumerateDevices();
  vi.mocked(selectSettings).mockClear();
  counts.stat = 0;
  await mediaDevices.getUserMedia({ video: { width: 1280 } });
  return { selections: vi.mocked(selectSettings).mock.calls.length, stats: counts.stat };
}

it("selects settings once for each device, and reads the store as often for few as for many", async () => {
  const few = await costOf(5);
  const many = await costOf(50);
  expect(few.selections).toBe(5);
  expect(many.selections).toBe(50);
  expect(few.stats).toBeGreaterThan(0);
  expect(many.stats).toBe(few.stats);
});
