import { describe, expect, it } from "vitest";
import { chooseEncoder } from "../../../src/capture-process/encoder-choice.ts";
import type { AudioEncoderConfig, VideoEncoderConfig } from "../../../src/media/encoding.ts";

const video = (codec: string): VideoEncoderConfig => ({
  kind: "video",
  codec,
  width: 640,
  height: 480,
  bitrate: 1e6,
  framerate: 30,
  keyFrameIntervalUs: 5e6,
});
const audio = (codec: string): AudioEncoderConfig => ({
  kind: "audio",
  codec,
  sampleRate: 48_000,
  numberOfChannels: 2,
  bitrate: 64_000,
});

describe("chooseEncoder", () => {
  it.each([
    ["vp8", "libvpx"],
    ["vp9", "libvpx-vp9"],
    ["vp09.00.10.08", "libvpx-vp9"],
    ["avc1.42E01E", "libx264"],
    ["avc3.640028", "libx264"],
    ["av01.0.04M.08", "libsvtav1"],
  ])("takes %s to %s", (codec, encoder) => {
    expect(chooseEncoder(video(codec))?.encoder).toBe(encoder);
  });

  it.each([
    ["opus", "libopus"],
    ["mp4a.40.2", "aac"],
    ["flac", "flac"],
    ["pcm-s16", "pcm_s16le"],
  ])("takes %s to %s", (codec, encoder) => {
    expect(chooseEncoder(audio(codec))?.encoder).toBe(encoder);
  });

  it.each(["", "h264", "vp10", "vp09.02.10.10", "avc1.F4001E", "toString"])(
    "has nothing for the video codec %j",
    (codec) => {
      expect(chooseEncoder(video(codec))).toBeUndefined();
    },
  );

  it.each(["vp8", "mp4a.69", "constructor"])("has nothing for the audio codec %j", (codec) => {
    expect(chooseEncoder(audio(codec))).toBeUndefined();
  });

  it("runs libvpx with one thread, since two spin on busy cores", () => {
    expect(chooseEncoder(video("vp8"))?.threads).toBe(1);
  });

  it("asks Opus for a constant rate where that is wanted", () => {
    const options = chooseEncoder({ ...audio("opus"), bitrateMode: "constant" })?.options;
    expect(options).toMatchObject({ vbr: "off" });
  });
});
