import type { DeviceConfiguration } from "../../contract/device.ts";

/** An open device or file that gives frames once it is started. */
export interface MediaReader {
  readonly configuration: DeviceConfiguration;
  /** @param epochUs the moment that a file's first frame belongs to */
  start(epochUs: number | undefined): void;
  /** Stops and frees it. Doesn't resolve while a driver hangs. */
  close(): Promise<void>;
}
