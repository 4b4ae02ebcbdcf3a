import { describe, expect, it } from "vitest";
import { alsaModes, inputOfPcm } from "../../../src/backends/alsa/alsa-modes.ts";
import { parsePcms } from "../../../src/backends/alsa/sound-cards.ts";
import { cameraModes, inputFormatOf } from "../../../src/backends/v4l2/camera-modes.ts";
import { describeScreen } from "../../../src/backends/x11/screen.ts";

const camera = (pixelFormat: string) =>
  ({ kind: "video", mode: { width: 1280, height: 720, frameRate: 30, pixelFormat } }) as const;
const microphone = {
  kind: "audio",
  mode: { sampleRate: 48_000, channelCount: 2, sampleSize: 16, latency: { min: 0, max: 1 } },
} as const;

describe("cameraModes", () => {
  const listed = (pixelFormat: string, maxFrameRate = 30) => ({
    width: 1280,
    height: 720,
    maxFrameRate,
    pixelFormat,
  });

  it("keeps of modes that differ in their format the cheapest one", () => {
    const modes = cameraModes(
      ["gray", "compressed", "yuyv422", "nv12"].map((name) => listed(name)),
    );
    expect(modes).toEqual([camera("NV12").mode]);
  });

  it("keeps a compressed mode that is faster", () => {
    const modes = cameraModes([listed("yuyv422", 10), listed("compressed", 30)]);
    expect(modes.map(({ pixelFormat }) => pixelFormat)).toEqual(["YUYV", "MJPEG"]);
  });

  it("leaves out what has no size or rate", () => {
    expect(cameraModes([listed("nv12", 0)])).toEqual([]);
  });

  it.each([
    ["MJPEG", "mjpeg"],
    ["YUYV", "yuyv422"],
    ["bayer_bggr8", "bayer_bggr8"],
    ["unknown", undefined],
  ])("asks the driver for %s as %s", (ours, name) => {
    expect(inputFormatOf(camera(ours).mode)).toBe(name);
  });
});

describe("parsePcms", () => {
  it("takes what captures, by card and device", () => {
    const text = [
      "00-00: ALC269 Analog : ALC269 Analog : playback 1 : capture 1",
      "00-03: HDMI 0 : HDMI 0 : playback 1",
      "01-00: USB Audio : USB Audio : capture 1",
      "",
    ].join("\n");
    expect(parsePcms(text)).toEqual([
      { card: 0, device: 0, name: "ALC269 Analog" },
      { card: 1, device: 0, name: "USB Audio" },
    ]);
  });
});

describe("alsaModes", () => {
  it("puts stereo at 48 kHz first, and takes it for a card that can't be asked", () => {
    const listed = [96_000, 48_000].flatMap((sampleRate) =>
      [8, 2, 1].map((channels) => ({ sampleRate, channels, sampleSize: 16 })),
    );
    for (const modes of [alsaModes(listed), alsaModes([])]) {
      expect(modes[0]).toMatchObject({ sampleRate: 48_000, channelCount: 2 });
    }
  });

  it("names a card as the kernel does", () => {
    expect(inputOfPcm("hw:CARD=PCH,DEV=0", microphone)).toMatchObject({
      format: "alsa",
      url: "hw:CARD=PCH,DEV=0",
      options: { sample_rate: "48000", channels: "2" },
    });
  });
});

describe("describeScreen", () => {
  const screen = { name: ":0", description: "screen", isDefault: true };

  it("has a monitor of the screen's size", () => {
    const bounds = { x: 0, y: 0, width: 1920, height: 1080 };
    expect(describeScreen({ ...screen, type: "screen", bounds })).toMatchObject([
      { kind: "display", displaySurface: "monitor", modes: [{ width: 1920, height: 1080 }, {}] },
    ]);
  });

  it("has nothing for a camera", () => {
    expect(describeScreen({ ...screen, type: "video" })).toEqual([]);
  });
});
