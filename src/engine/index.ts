/** How media flows: devices' sources, their tracks, and what connects these to sinks. */
export { BackendCatalogue } from "./device-catalogue.ts";
export { ProgramSource } from "./program-source.ts";
export { DeviceSourcePool } from "./source-pool.ts";
export { systemClock } from "./system-clock.ts";
