import { expect, it, type TestContext } from "vitest";

import { isSound } from "../../src/contract/device.ts";
import type { Backend, DeviceConfiguration, DeviceDescription } from "../../src/contract/device.ts";
import type { DeviceError } from "../../src/contract/device-error.ts";
import type { DeviceSession } from "../../src/contract/session.ts";
import type { AudioData } from "../../src/media/audio-data.ts";
import type { VideoFrame } from "../../src/media/video-frame.ts";
import { expectNoOpenFrames } from "../support/open-frames.ts";

export interface BackendUnderTest {
  readonly backend: Backend;
  /** The device to open; the first one listed, if absent. */
  readonly hardwareId?: string;
  /** Makes time pass where the backend lives in a test's clock. */
  readonly advance?: (ms: number) => Promise<void>;
  /** True for devices that several programs may open at a time. */
  readonly isShared?: boolean;
  readonly release?: () => Promise<void>;
}

/**
 * What every backend promises, as tests on a real instance of it: call it in a `describe`.
 * `create` is called for each test.
 */
export function describeBackend(create: () => Promise<BackendUnderTest>): void {
  const inRoom =
    (body: (room: Room, context: TestContext) => Promise<void>) =>
    async (context: TestContext): Promise<void> => {
      const room = new Room(await create());
      try {
        await body(room, context);
      } finally {
        await room.release();
      }
      expectNoOpenFrames();
    };

  it(
    "lists devices with unique ids, at most one default of a kind, and modes",
    inRoom(async (room) => {
      const devices = await room.backend.listDevices();
      expect(devices.length).toBeGreaterThan(0);
      expect(new Set(devices.map((device) => device.hardwareId)).size).toBe(devices.length);
      for (const kind of ["audioinput", "videoinput", "display", "systemaudio"]) {
        const defaults = devices.filter((device) => device.kind === kind && device.isDefault);
        expect(defaults.length).toBeLessThanOrEqual(1);
      }
      for (const device of devices) {
        expect(device.label).not.toBe("");
        expect(device.modes.length).toBeGreaterThan(0);
      }
    }),
  );

  it(
    "lists the same devices twice",
    inRoom(async (room) => {
      const ids = async () => (await room.backend.listDevices()).map((device) => device.hardwareId);
      expect(await ids()).toEqual(await ids());
    }),
  );

  it(
    "stops watching without a trace, also twice",
    inRoom(async (room) => {
      const stop = room.backend.watchDevices?.(() => undefined);
      expect(() => {
        stop?.();
        stop?.();
      }).not.toThrow();
    }),
  );

  it(
    "delivers frames of the mode it says, with rising timestamps",
    inRoom(async (room) => {
      const session = await room.open();
      const frames = await room.frames(session, 5);
      const { configuration } = session;
      for (const frame of frames) {
        if (configuration.kind === "video") {
          expect(frame).toMatchObject({
            displayWidth: configuration.mode.width,
            displayHeight: configuration.mode.height,
          });
        } else {
          expect(frame).toMatchObject({
            sampleRate: configuration.mode.sampleRate,
            numberOfChannels: configuration.mode.channelCount,
          });
        }
      }
      const times = frames.map((frame) => frame.timestamp);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(new Set(times).size).toBe(times.length);
      for (const frame of frames) frame.close();
    }),
  );

  it(
    "delivers nothing before frames are wanted",
    inRoom(async (room) => {
      const session = await room.open();
      let count = 0;
      session.start({
        frame: (frame) => {
          count += 1;
          frame.close();
        },
        muted: () => undefined,
        ended: () => undefined,
      });
      await room.advance(200);
      expect(count).toBe(0);
    }),
  );

  it(
    "runs in another mode after reconfigure",
    inRoom(async (room) => {
      const device = await room.device();
      const last = configurationOf(device, device.modes.length - 1);
      const session = await room.open();
      await session.reconfigure(last);
      // What a desktop's user chose has a size of its own.
      const isChosen = device.kind === "display" && device.isChosenByDesktop === true;
      const { frameRate } = last.mode as { frameRate?: number };
      expect(session.configuration.mode).toMatchObject(isChosen ? { frameRate } : sizeOf(last));
      const [frame] = await room.frames(session, 1);
      expect(frame).toBeDefined();
      frame?.close();
    }),
  );

  it(
    "refuses a device that isn't there with not-found",
    inRoom(async (room) => {
      const configuration = configurationOf(await room.device(), 0);
      await expect(room.backend.open("no such device", configuration)).rejects.toMatchObject({
        name: "DeviceError",
        code: "not-found",
      });
    }),
  );

  it(
    "refuses a second open with busy, and leaves the first unharmed",
    inRoom(async (room, context) => {
      if (room.isShared) context.skip("several programs may open this device");
      const first = await room.open();
      await expect(room.open()).rejects.toMatchObject({ name: "DeviceError", code: "busy" });
      for (const frame of await room.frames(first, 1)) frame.close();
    }),
  );

  it(
    "releases the device on close, which may be called twice",
    inRoom(async (room) => {
      const session = await room.open();
      await session.close();
      await session.close();
      const again = await room.open();
      const frames = await room.frames(again, 1);
      expect(frames.length).toBe(1);
      for (const frame of frames) frame.close();
    }),
  );

  it(
    "delivers nothing after close",
    inRoom(async (room) => {
      const session = await room.open();
      let isClosed = false;
      let late = 0;
      const one = new Promise<void>((resolve) => {
        session.start({
          frame: (frame) => {
            if (isClosed) late += 1;
            frame.close();
            resolve();
          },
          muted: () => undefined,
          ended: () => undefined,
        });
      });
      session.wantFrames(true);
      await room.until(one);
      await session.close();
      isClosed = true;
      await room.advance(200);
      expect(late).toBe(0);
    }),
  );
}

/** One backend and the sessions that a test opened on it. */
class Room {
  readonly #under: BackendUnderTest;
  readonly #sessions: DeviceSession[] = [];

  constructor(under: BackendUnderTest) {
    this.#under = under;
  }

  get backend(): Backend {
    return this.#under.backend;
  }

  get isShared(): boolean {
    return this.#under.isShared === true;
  }

  async device(): Promise<DeviceDescription> {
    const devices = await this.backend.listDevices();
    const { hardwareId } = this.#under;
    const device = devices.find((one) => hardwareId === undefined || one.hardwareId === hardwareId);
    if (device === undefined) throw new Error("The backend lists no device to test with.");
    return device;
  }

  async open(): Promise<DeviceSession> {
    const device = await this.device();
    const session = await this.backend.open(device.hardwareId, configurationOf(device, 0));
    this.#sessions.push(session);
    return session;
  }

  /** Starts the session and waits for its first frames. */
  async frames(session: DeviceSession, count: number): Promise<(VideoFrame | AudioData)[]> {
    const frames: (VideoFrame | AudioData)[] = [];
    const enough = new Promise<void>((resolve, reject) => {
      session.start({
        frame: (frame) => {
          if (frames.length < count) frames.push(frame);
          else frame.close();
          if (frames.length === count) resolve();
        },
        muted: () => undefined,
        ended: (reason: DeviceError) => reject(reason),
      });
    });
    session.wantFrames(true);
    await this.until(enough);
    session.wantFrames(false);
    return frames;
  }

  /** Waits for a promise, making time pass meanwhile. */
  async until(promise: Promise<void>): Promise<void> {
    const settled = promise.then(() => true);
    const later = () => this.advance(20).then(() => false);
    while (!(await Promise.race([settled, later()])));
  }

  async advance(ms: number): Promise<void> {
    if (this.#under.advance !== undefined) await this.#under.advance(ms);
    else await new Promise((resolve) => setTimeout(resolve, ms));
  }

  async release(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close()));
    await this.backend.close?.();
    await this.#under.release?.();
  }
}

function configurationOf(device: DeviceDescription, index: number): DeviceConfiguration {
  const fail = (): never => {
    throw new Error(`${device.label} has no mode number ${index}.`);
  };
  return isSound(device)
    ? { kind: "audio", mode: device.modes[index] ?? fail() }
    : { kind: "video", mode: device.modes[index] ?? fail() };
}

function sizeOf(configuration: DeviceConfiguration): object {
  return configuration.kind === "video"
    ? { width: configuration.mode.width, height: configuration.mode.height }
    : { channelCount: configuration.mode.channelCount };
}
