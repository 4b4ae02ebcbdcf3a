import type { VirtualDevices } from "./virtual-devices.ts";

export type { VirtualDevices };

declare global {
  /** The virtual devices of this test file; each test begins with none. */
  var virtualDevices: VirtualDevices;
}
