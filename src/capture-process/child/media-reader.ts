import type { DeviceConfiguration } from "../../contract/device.ts";
import type { ChosenSurface } from "../wire/chosen-surface.ts";

/** An open device or file that gives frames once it is started. */
export interface MediaReader {
  readonly configuration: DeviceConfiguration;
  /** @param epochUs the moment that a file's first frame belongs to */
  start(epochUs: number | undefined): void;
  /** Changes how it runs, where that needs no opening anew. */
  reconfigure?(configuration: DeviceConfiguration): Promise<void>;
  /** Of what a desktop's user chose: what it is. */
  readonly surface?: ChosenSurface;
  /** Stops and frees it. Doesn't resolve while a driver hangs. */
  close(): Promise<void>;
}
