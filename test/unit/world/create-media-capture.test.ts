import { expect, test, vi } from "vitest";

import { createMediaCapture } from "../../../src/world/create-media-capture.ts";
import { syntheticDevices } from "../../../src/world/default-backends.ts";
import { VirtualPermission } from "../../../src/testing/virtual-permission.ts";

test("closing a capture leaves the backends that it was given open, for others that use them", async () => {
  const shared = { ...syntheticDevices(), close: vi.fn<() => Promise<void>>() };
  const permission = new VirtualPermission();
  const captures = [1, 2].map(() => createMediaCapture({ backends: [shared], permission }));
  const [first, second] = await Promise.all(
    captures.map(({ mediaDevices }) => mediaDevices.getUserMedia({ video: true })),
  );
  await captures[0]?.close();
  expect([first?.active, second?.active]).toEqual([false, true]);
  expect(shared.close).not.toHaveBeenCalled();
  await captures[1]?.close();
  expect(second?.active).toBe(false);
  expect(shared.close).not.toHaveBeenCalled();
});
