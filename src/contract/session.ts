import type { AudioData } from "../media/audio-data.ts";
import type { BesideConfig } from "../media/encoding.ts";
import type { VideoFrame } from "../media/video-frame.ts";
import type { DeviceError } from "./device-error.ts";
import type { DeviceConfiguration } from "./device.ts";
import type { EncoderEvents, EncoderSession } from "./encoder.ts";

/** Frames that were lost together. */
export interface LostFrames {
  /** Pictures, or pieces of sound. */
  readonly count: number;
  /** Of sound: the samples in a channel that they had. */
  readonly samples?: number;
  /** Of sound: their length in µs. */
  readonly durationUs?: number;
}

/** What an open device tells the engine. Calls come in order, none after `ended`. */
export interface DeviceEvents {
  /**
   * A frame, owned by the receiver from here on: it must close it. Timestamps are µs on the
   * monotonic clock (`process.hrtime`), the moment of capture as near as the driver knows it.
   */
  frame(frame: VideoFrame | AudioData): void;
  /**
   * Frames that were captured, or due, and never come: the driver lost them, or they waited too
   * long for the program. Told before the next frame, and only of frames that were wanted.
   */
  lost?(lost: LostFrames): void;
  /** The device gives no data for now (true), or gives data again (false). */
  muted(muted: boolean): void;
  /** It is gone for good: unplugged, broken, end of file. The session is closed already. */
  ended(reason: DeviceError): void;
}

/** An open device. */
export interface DeviceSession {
  /** What it really runs in, which may differ from what was asked. */
  readonly configuration: DeviceConfiguration;
  /** Begins to tell; a device that went away since it was opened is told at once. */
  start(events: DeviceEvents): void;
  /** Frames cross to the engine only while wanted; encoders opened here run regardless. */
  wantFrames(wanted: boolean): void;
  /**
   * Tells at once of the frames that are due by the clock: for a program that looks at counts
   * without letting the event loop turn. Absent where frames come from outside.
   */
  catchUp?(): void;
  /** Changes the running mode. The session stays usable as it was when this rejects. */
  reconfigure(configuration: DeviceConfiguration): Promise<void>;
  /** Whether {@link openEncoder} takes pixels, which are cropped, scaled and converted there. */
  readonly convertsPixels?: boolean;
  /** Encodes beside the capture, so that raw frames needn't travel. Absent where it can't. */
  openEncoder?(config: BesideConfig, events: EncoderEvents): Promise<EncoderSession>;
  /** Releases the device. Idempotent; resolves when another program could open it. */
  close(): Promise<void>;
}
