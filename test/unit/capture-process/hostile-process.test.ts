import { spawn } from "node:child_process";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";

import type { DeviceConfiguration } from "../../../src/contract/device.ts";
import type { DeviceError } from "../../../src/contract/device-error.ts";
import { CaptureSession } from "../../../src/capture-process/program/capture-session.ts";
import { OpenFiles } from "../../../src/capture-process/program/open-files.ts";
import { spawnOwnProgram } from "../../../src/capture-process/program/spawn-own-program.ts";
import { openFrameCount } from "../../../src/media/open-frames.ts";

vi.mock("../../../src/capture-process/program/spawn-own-program.ts", async (original) => ({
  ...(await original<object>()),
  spawnOwnProgram: vi.fn(),
}));
vi.mock("../../../src/capture-process/native-package.ts", () => ({ requireNative: () => {} }));

afterEach(() => expect(openFrameCount()).toBe(0));

type Said = readonly (readonly [header: object, payloadBytes: number])[];

/** The next process says this as soon as frames are wanted, and answers that to `open`. */
function nextProcess(says: Said, opened?: unknown): void {
  const args = [JSON.stringify(says), ...(opened === undefined ? [] : [JSON.stringify(opened)])];
  vi.mocked(spawnOwnProgram).mockImplementationOnce(() =>
    spawn(process.execPath, ["test/support/hostile-capture-process.mjs", ...args], {
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    }),
  );
}

const mode = { width: 64, height: 48, frameRate: 30, pixelFormat: "I420" };
const configuration: DeviceConfiguration = { kind: "video", mode };
const inputOf = () =>
  ({
    type: "device",
    format: "v4l2",
    url: "",
    options: {},
    media: "video",
    clock: "other",
  }) as const;

/** How a device ends whose process says this. */
async function endAfter(says: Said): Promise<DeviceError | undefined> {
  nextProcess(says);
  const session = await CaptureSession.open(configuration, { inputOf });
  const ended = new Promise<DeviceError | undefined>((resolve) => {
    session.start({
      frame: (frame) => frame.close(),
      muted: () => undefined,
      ended: resolve,
    });
  });
  session.wantFrames(true);
  const reason = await ended;
  await session.close();
  return reason;
}

const picture = { kind: "video", format: "I420", width: 64, height: 48, timestamp: 0 };
const sound = {
  kind: "audio",
  format: "f32",
  sampleRate: 48_000,
  numberOfChannels: 2,
  numberOfFrames: 480,
  timestamp: 0,
};
const frame = (header: object) => ({ type: "frame", device: 1, dropped: 0, frame: header });

describe("A capture process that says what can't be", () => {
  test.each<[string, Said]>([
    ["a picture without its bytes", [[frame(picture), 10]]],
    ["a picture of no bytes at all", [[frame(picture), 0]]],
    ["sound that is shorter than it says", [[frame(sound), 100]]],
    ["a picture larger than any", [[frame({ ...picture, width: 1e9 }), 10]]],
    ["a format that nobody knows", [[frame({ ...picture, format: "I421" }), 10]]],
    ["an event that nobody knows", [[{ type: "format-disk" }, 0]]],
    ["no object", [[["frame"], 0]]],
  ])("%s is ended, and its device with it", async (_what, says) => {
    expect(await endAfter(says)).toMatchObject({
      code: "failed",
      message: "The capture process said what can't be understood.",
    });
  });

  test.each([
    ["nothing", null],
    ["another kind", { kind: "audio", mode: { sampleRate: 1, channelCount: 1, sampleSize: 1 } }],
    ["a mode without a size", { kind: "video", mode: { frameRate: 30, pixelFormat: "I420" } }],
    ["a negative rate", { kind: "video", mode: { ...mode, frameRate: -1 } }],
  ])("opens nothing when it answers with %s", async (_what, opened) => {
    nextProcess([], opened);
    await expect(CaptureSession.open(configuration, { inputOf })).rejects.toMatchObject({
      code: "failed",
      message: "The capture process said what can't be understood.",
    });
  });

  test.each<[string, Said[number]]>([
    ["a picture without its bytes", [frame(picture), 10]],
    ["sound that is shorter than it says", [frame(sound), 100]],
  ])("ends the file that it reads, and no program, with %s", async (_what, said) => {
    nextProcess([said]);
    const files = new OpenFiles();
    const file = await files.open("film.mp4");
    await expect(file.read("video", 1)).rejects.toMatchObject({
      code: "failed",
      message: "The capture process said what can't be understood.",
    });
    await files.close();
  });

  test("ends its device and nothing else, whatever it says", async () => {
    const header = fc.oneof(
      fc.record({
        type: fc.constantFrom("frame", "muted", "ended", "chunk", "encoderError", "encoded"),
        device: fc.constantFrom(1, 2, -1, 0.5, "1"),
        dropped: fc.constantFrom(0, 1e300, "x"),
        muted: fc.constantFrom(true, 7),
        encoder: fc.constantFrom(1, 0, null),
        error: fc.constantFrom<unknown>({ code: "failed", message: "x" }, { code: "x" }, null),
        frame: fc.record({
          kind: fc.constantFrom("video", "audio", "smell"),
          format: fc.constantFrom("I420", "NV12", "RGBA", "f32", "s16-planar", "?"),
          width: fc.constantFrom(1, 64, 16_384, 16_385, 0, -1, 1.5),
          height: fc.constantFrom(1, 48, 16_384, 0),
          timestamp: fc.constantFrom(0, -1e300, 1e300, 0.5, "0"),
          sampleRate: fc.constantFrom(1, 48_000, 0),
          numberOfChannels: fc.constantFrom(1, 64, 65),
          numberOfFrames: fc.constantFrom(1, 480, 10_000_000),
        }),
      }),
      fc.jsonValue().map((value) => ({ value })),
    );
    const said = fc.tuple(header, fc.constantFrom(0, 1, 4608, 12_288));
    const last: Said[number] = [{ type: "over" }, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 6 }), async (says) => {
        expect(await endAfter([...says, last])).toMatchObject({ name: "DeviceError" });
      }),
      { numRuns: 60 },
    );
  });
});
