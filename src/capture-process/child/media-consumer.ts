import type { Frame } from "node-av/lib";

/** What takes the frames that a device or file gives. */
export interface MediaConsumer {
  /** The frame is the giver's; what is needed of it after the call must be copied in it. */
  frame(frame: Frame, timestampUs: number): void;
  /** Frames before the next one were lost: by the driver, or on the way here. */
  lost(count: number): void;
  /** The device is gone, or the file is at its end. */
  ended(error: unknown): void;
  /** Resolves when it can take more without dropping anything. */
  ready(): Promise<void>;
}
