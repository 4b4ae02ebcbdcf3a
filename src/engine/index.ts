/** How media flows: devices' sources, their tracks, and what connects these to sinks. */
export { BackendCatalogue } from "./catalogue/device-catalogue.ts";
export { ProgramSource } from "./source/program-source.ts";
export { DeviceSourcePool } from "./source/source-pool.ts";
export { systemClock } from "./clock/system-clock.ts";
