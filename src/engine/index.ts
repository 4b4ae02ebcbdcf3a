/** How media flows: devices' sources, their tracks, and what connects these to sinks. */
export { BackendCatalogue } from "./device-catalogue.ts";
export { FrameLink } from "./frame-link.ts";
export { ManualClock } from "./manual-clock.ts";
export { ProgramSource } from "./program-source.ts";
export { DeviceSourcePool } from "./source-pool.ts";
export { systemClock } from "./system-clock.ts";
