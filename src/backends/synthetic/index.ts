/** Devices without hardware: the embedded default, and what tests measure drops and sync with. */
export { SyntheticBackend, type SyntheticBackendOptions } from "./synthetic-backend.ts";
