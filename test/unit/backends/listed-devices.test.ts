import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { avfoundationInput } from "../../../src/backends/avfoundation/avfoundation-backend.ts";
import { dshowInput } from "../../../src/backends/dshow/dshow-backend.ts";
import { createListedBackend } from "../../../src/backends/listed-backend.ts";
import {
  describeListedCamera,
  describeListedMicrophone,
  findListed,
} from "../../../src/backends/listed-devices.ts";
import type { ListedDevice } from "../../../src/capture-process/child/list-devices.ts";
import type { DeviceInput } from "../../../src/capture-process/wire/command.ts";

const listed = (type: ListedDevice["type"], name: string, description: string): ListedDevice => ({
  type,
  name,
  description,
  isDefault: false,
});
/** Two webcams of one model, as node-av lists them on Windows. */
const webcams = [1, 2].map((port) =>
  listed("video", "USB Video Device", String.raw`\\?\usb#vid_046d&pid_0825#${port}`),
);
const microphone = listed("audio", "Microphone (USB Audio Device)", "wave 1");
/** What node-av answers on a Mac: a localizedName and a uniqueID. */
const mac = [
  listed("video", "FaceTime HD Camera", "47B4B64B-7067-4B9C-AD2B-AE273A71F4B5"),
  listed("video", "4K Cam", "0x1100000046d0825"),
  listed("audio", "BlackHole 16ch", "BlackHole16ch_UID"),
  listed("audio", "MacBook Pro Microphone", "BuiltInMicrophoneDevice"),
];

const videoMode = (frameRate: number, pixelFormat = "unknown") =>
  ({ kind: "video", mode: { width: 1280, height: 720, frameRate, pixelFormat } }) as const;
const audioMode = {
  kind: "audio",
  mode: { sampleRate: 48_000, channelCount: 2, sampleSize: 16, latency: { min: 0, max: 1 } },
} as const;

function place(devices: readonly ListedDevice[], { type, description }: ListedDevice) {
  const found = findListed(devices, type, description);
  if (found === undefined) throw new Error(`${description} isn't in the list`);
  return found;
}

describe("devices that FFmpeg lists", () => {
  it("have the name that a person reads as label, and what is unique as id", () => {
    const described = [
      ...webcams.map((device) => describeListedCamera(device, [])),
      describeListedMicrophone(microphone, []),
    ];
    expect(described.map(({ label }) => label)).toEqual([
      "USB Video Device",
      "USB Video Device",
      "Microphone (USB Audio Device)",
    ]);
    expect(new Set(described.map(({ hardwareId }) => hardwareId)).size).toBe(3);
  });

  it("of one name are told apart by their place", () => {
    const places = webcams.map((device) => place([microphone, ...webcams], device));
    expect(places.map((found) => dshowInput(found, videoMode(15)))).toMatchObject([
      { url: "video=USB Video Device", options: { video_device_number: "0" } },
      { url: "video=USB Video Device", options: { video_device_number: "1" } },
    ]);
  });

  it("that are gone aren't found", () => {
    expect(findListed(webcams, "video", "unplugged")).toBeUndefined();
    expect(findListed(webcams, "audio", webcams[0]?.description ?? "")).toBeUndefined();
  });

  it("begin with the mode of a microphone that is nearest to 48 kHz", () => {
    const rates = [96_000, 48_000, 44_100].map((sampleRate) => ({
      sampleRate,
      channels: 2,
      sampleSize: 16,
    }));
    const { modes } = describeListedMicrophone(microphone, rates);
    expect(modes.map(({ sampleRate }) => sampleRate)).toEqual([48_000, 44_100, 96_000]);
  });

  it("may have a sample format that FFmpeg has no name for: 24 bits", () => {
    const [mode] = describeListedMicrophone(microphone, [
      { sampleRate: 48_000, channels: 1, sampleSize: 0 },
    ]).modes;
    expect(mode?.sampleSize).toBe(24);
  });
});

describe("dshowInput", () => {
  it("asks for a rate that FFmpeg turns into the interval that the camera listed", () => {
    // 240 to 15 pictures a second: for slower ones FFmpeg's fractions are too coarse for every interval.
    const interval = fc.integer({ min: 41_667, max: 666_667 });
    fc.assert(
      fc.property(interval, (units) => {
        const input = dshowInput({ name: "Cam", indexOfName: 0 }, videoMode(1e7 / units));
        const { framerate } = (input as DeviceInput).options;
        expect(intervalOfFfmpeg(Number(framerate))).toBe(units);
      }),
      { numRuns: 2_000 },
    );
  });

  it("asks a microphone for buffers of the wanted latency", () => {
    const input = dshowInput({ name: "Mic", indexOfName: 1 }, { ...audioMode, latency: 0.02 });
    expect(input).toMatchObject({
      url: "audio=Mic",
      options: { audio_buffer_size: "20", channels: "2", audio_device_number: "1" },
    });
  });
});

describe("avfoundationInput", () => {
  function url(device: ListedDevice, devices: readonly ListedDevice[] = mac): string {
    const wanted = device.type === "audio" ? audioMode : videoMode(30);
    return (avfoundationInput(place(devices, device), wanted) as DeviceInput).url;
  }

  it("names a device", () => {
    expect(mac.map((device) => url(device))).toEqual([
      "FaceTime HD Camera",
      // "4K Cam" would be the fifth device.
      "1",
      ":BlackHole 16ch",
      ":MacBook Pro Microphone",
    ]);
  });

  it.each(["Cam: the second", "default", "none of them", "Capture screen 0"])(
    "takes the place of a device whose name FFmpeg would read otherwise: %s",
    (name) => {
      const device = listed("video", name, "an id");
      expect(url(device, [...mac, device])).toBe("2");
    },
  );

  it("takes the place where an earlier device's name begins with this one's", () => {
    const devices = [listed("video", "Cam Pro", "1"), listed("video", "Cam", "2")];
    expect(devices.map((device) => url(device, devices))).toEqual(["Cam Pro", "1"]);
  });

  it.each([
    ["nv12", "nv12"],
    ["bgra", "bgr0"],
    ["argb", "0rgb"],
    ["p010le", undefined],
    ["compressed", undefined],
  ])("asks for %s as %s", (ours, name) => {
    const input = avfoundationInput(place(mac, mac[0] as ListedDevice), videoMode(30, ours));
    expect((input as DeviceInput).options).toEqual({
      video_size: "1280x720",
      framerate: "30",
      ...(name !== undefined && { pixel_format: name }),
    });
  });
});

describe("createListedBackend", () => {
  afterEach(() => vi.useRealTimers());

  function backendOver(lists: readonly (readonly ListedDevice[] | Error)[]) {
    let asked = 0;
    const ask = vi.fn(({ type }: { type: string }) => {
      if (type !== "list") return Promise.resolve([]);
      const answer = lists[Math.min(asked++, lists.length - 1)] ?? [];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
    const helper = { ask, close: () => Promise.resolve() };
    return createListedBackend({ name: "dshow", inputOf: dshowInput, helper });
  }

  it("tells that a device came or went, and nothing while the list can't be had", async () => {
    vi.useFakeTimers();
    const lists = [webcams, webcams, new Error("no answer"), webcams.slice(0, 1), webcams];
    const onChange = vi.fn();
    const stop = backendOver(lists).watchDevices?.(onChange);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(onChange).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(900);
    expect(onChange).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(900);
    expect(onChange).toHaveBeenCalledTimes(2);
    stop?.();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("refuses a device that is gone before anything opens", async () => {
    await expect(backendOver([webcams]).open("unplugged", videoMode(30))).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

/** What dshow.c makes of `framerate`: a fraction by `av_d2q`, then the interval, cut to whole units. */
function intervalOfFfmpeg(rate: number): number {
  const [num, den] = nearestFraction(rate, 1_001_000n);
  return Number((den * 10_000_000n) / num);
}

/** As FFmpeg's `av_reduce`: convergents of the continued fraction, and the last one in part. */
function nearestFraction(value: number, limit: bigint): readonly [bigint, bigint] {
  let den = 1n << 50n;
  let num = BigInt(Math.round(value * Number(den)));
  let before: readonly [bigint, bigint] = [0n, 1n];
  let last: readonly [bigint, bigint] = [1n, 0n];
  while (den > 0n) {
    let whole = num / den;
    const rest = num - den * whole;
    const next = [whole * last[0] + before[0], whole * last[1] + before[1]] as const;
    if (next[0] > limit || next[1] > limit) {
      if (last[0] > 0n) whole = (limit - before[0]) / last[0];
      const byDen = last[1] > 0n ? (limit - before[1]) / last[1] : whole;
      if (byDen < whole) whole = byDen;
      const isNearer = den * (2n * whole * last[1] + before[1]) > num * last[1];
      return isNearer ? [whole * last[0] + before[0], whole * last[1] + before[1]] : last;
    }
    [before, last] = [last, next];
    [num, den] = [den, rest];
  }
  return last;
}
