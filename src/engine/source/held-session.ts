import type { Backend, DeviceConfiguration } from "../../contract/device.ts";
import { debugLog } from "../../host/debug-log.ts";
import type { DeviceError } from "../../contract/device-error.ts";
import type { DeviceSession, LostFrames } from "../../contract/session.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";

/** What is heard of a session while it is held. */
interface HeldSessionEvents {
  frame(frame: VideoFrame | AudioData, configuration: DeviceConfiguration): void;
  lost(lost: LostFrames): void;
  mutedChanged(): void;
  ended(reason: DeviceError): void;
}

/**
 * A device's session, from when it is opened until it is let go of: for good, or for as long as
 * nothing is shown of the device. A session that is held no more is heard no more.
 *
 * @see https://w3c.github.io/mediacapture-main/#track-enabled
 */
export class HeldSession {
  readonly #backend: Backend;
  readonly #events: HeldSessionEvents;
  #session: DeviceSession | undefined;
  #relinquished: DeviceConfiguration | undefined;
  #muted = false;

  constructor(backend: Backend, events: HeldSessionEvents) {
    this.#backend = backend;
    this.#events = events;
  }

  /** The session that is open. */
  get session(): DeviceSession | undefined {
    return this.#session;
  }

  /** The configuration of the open device, or of the next one to open. */
  get configuration(): DeviceConfiguration | undefined {
    return this.#session?.configuration ?? this.#relinquished;
  }

  /** Whether the device was let go, to be had again. */
  get isRelinquished(): boolean {
    return this.#relinquished !== undefined;
  }

  /** Whether the device says that it gives no data. */
  get muted(): boolean {
    return this.#muted;
  }

  /** @throws DeviceError */
  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<void> {
    debugLog("open %s:%s %j", this.#backend.name, hardwareId, configuration);
    const session = await this.#backend.open(hardwareId, configuration).catch((error: unknown) => {
      debugLog("open %s:%s failed: %s", this.#backend.name, hardwareId, String(error));
      throw error;
    });
    const isHeld = (): boolean => this.#session === session;
    this.#session = session;
    this.#relinquished = undefined;
    session.start({
      frame: (frame) => {
        if (isHeld()) this.#events.frame(frame, session.configuration);
        else frame.close();
      },
      lost: (lost) => {
        if (isHeld()) this.#events.lost(lost);
      },
      muted: (muted) => {
        if (!isHeld()) return;
        this.#muted = muted;
        debugLog("%s:%s %s", this.#backend.name, hardwareId, muted ? "is muted" : "is unmuted");
        this.#events.mutedChanged();
      },
      ended: (reason) => {
        debugLog("%s:%s ended: %s", this.#backend.name, hardwareId, reason.message);
        if (isHeld()) this.#events.ended(reason);
      },
    });
  }

  /** Closes the session, to be opened again. Resolves when the device is released. */
  async relinquish(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    this.#relinquished = session.configuration;
    await session.close().catch(() => undefined);
  }

  /** Sets the configuration with which the device is opened again. */
  postpone(configuration: DeviceConfiguration): void {
    this.#relinquished = configuration;
  }

  /** Lets go of the session for good; that it closes is the caller's matter. */
  forget(): void {
    this.#session = undefined;
    this.#relinquished = undefined;
    this.#muted = false;
  }
}
