import { describe, expect, test } from "vitest";
import { distributeBitrate } from "../../../../src/sinks/recorder/bitrates.ts";
import type { Codec } from "../../../../src/sinks/recorder/codec.ts";
import {
  audioEncoderConfiguration,
  videoEncoderConfiguration,
} from "../../../../src/sinks/recorder/encoder-configuration.ts";
import { isTypeSupported } from "../../../../src/sinks/recorder/is-type-supported.ts";
import { chooseFormat } from "../../../../src/sinks/recorder/recording-format.ts";

const everyCodec = (): boolean => true;

describe("isTypeSupported", () => {
  test.each([
    "",
    "video/webm",
    "video/webm;codecs=vp8",
    'video/webm; codecs="vp8, opus"',
    "video/webm;codecs=vp9,opus",
    "VIDEO/WebM; CODECS=VP8",
    "video/webm;codecs=av01.0.04M.08,opus",
    "video/mp4",
    "video/mp4;codecs=avc1.64001E,mp4a.40.2",
    "video/mp4;codecs=avc3.64003E,mp4a.40.2",
    "video/mp4;codecs=vp9,opus",
    "video/x-matroska;codecs=avc1",
    "video/x-matroska;codecs=avc1,pcm",
    "audio/webm;codecs=opus",
    "audio/mp4",
    "audio/ogg;codecs=opus",
    "audio/wav",
  ])("takes '%s'", (type) => expect(isTypeSupported(type, everyCodec)).toBe(true));

  test.each([
    "''",
    "webm",
    "video",
    "video/",
    "video/banana",
    "text/plain",
    "video/webm;codecs=avc1",
    "video/webm;codecs=vorbis",
    "video/webm;codecs=vp8,vp9",
    "video/webm;codecs=opus,opus",
    "video/webm;codecs=vp8,,opus",
    "audio/webm;codecs=vp8",
    "audio/ogg;codecs=mp4a.40.2",
    "video/mp4;codecs=vp8",
    "video/mp4;codecs=hvc1.1.6.L186.B0",
    "audio/wav;codecs=opus",
  ])("refuses '%s'", (type) => expect(isTypeSupported(type, everyCodec)).toBe(false));

  test("refuses what no encoder is there for", () => {
    const opusOnly = (codec: Codec): boolean => codec === "opus";
    expect(isTypeSupported("video/webm;codecs=vp8", opusOnly)).toBe(false);
    expect(isTypeSupported("audio/webm", opusOnly)).toBe(true);
    expect(isTypeSupported("audio/wav", opusOnly)).toBe(false);
  });
});

describe("The format of a recording", () => {
  const mimeTypeOf = (
    mimeType: string,
    kinds: ("audio" | "video")[],
    canEncode: (codec: Codec) => boolean = everyCodec,
  ): string | undefined => chooseFormat(mimeType, kinds, canEncode)?.mimeType;

  test("is WebM with VP8 and Opus where nothing is asked for", () => {
    expect(mimeTypeOf("", ["audio", "video"])).toBe("video/webm;codecs=vp8,opus");
    expect(mimeTypeOf("", ["video"])).toBe("video/webm;codecs=vp8");
    expect(mimeTypeOf("", ["audio"])).toBe("audio/webm;codecs=opus");
  });

  test("is the next container when the first can't be encoded", () => {
    const appleCodecs = (codec: Codec): boolean => codec === "avc" || codec === "aac";
    expect(mimeTypeOf("", ["audio", "video"], appleCodecs)).toBe("video/mp4;codecs=avc1,mp4a.40.2");
    expect(mimeTypeOf("", ["video"], () => false)).toBeUndefined();
  });

  test("names the codecs that the program left open, and no others", () => {
    expect(mimeTypeOf("video/mp4", ["video", "audio"])).toBe("video/mp4;codecs=avc1,mp4a.40.2");
    expect(mimeTypeOf("video/webm;codecs=vp9", ["video", "audio"])).toBe(
      "video/webm;codecs=vp9,opus",
    );
    expect(mimeTypeOf('video/webm; codecs="vp8, opus"', ["video"])).toBe(
      'video/webm; codecs="vp8, opus"',
    );
  });

  test("can't be had where the container lacks the kind or the room", () => {
    expect(mimeTypeOf("audio/webm", ["audio", "video"])).toBeUndefined();
    expect(mimeTypeOf("audio/wav", ["audio", "audio"])).toBeUndefined();
    expect(mimeTypeOf("audio/ogg", ["audio"])).toBe("audio/ogg;codecs=opus");
  });

  test("puts sound alone into a video container when asked to", () => {
    expect(mimeTypeOf("video/webm", ["audio"])).toBe("video/webm;codecs=opus");
  });
});

describe("Bitrates", () => {
  test.each([0, 50_000, 500_000, 2_000_000, 20_000_000])("of %i share the whole", (total) => {
    const { audioBitsPerSecond, videoBitsPerSecond } = distributeBitrate(total);
    expect(audioBitsPerSecond).toBeGreaterThan(0);
    expect(videoBitsPerSecond).toBeGreaterThan(0);
    expect(Math.abs(audioBitsPerSecond + videoBitsPerSecond - total)).toBeLessThan(10_000);
  });

  test("go to the only kind there is", () => {
    expect(distributeBitrate(500_000, ["audio"])).toEqual({
      audioBitsPerSecond: 500_000,
      videoBitsPerSecond: 0,
    });
    expect(distributeBitrate(500_000, ["video"])).toEqual({
      audioBitsPerSecond: 0,
      videoBitsPerSecond: 500_000,
    });
  });
});

describe("Encoder configurations", () => {
  const wishes = { bitsPerSecond: 1_000_000, bitrateMode: "variable" } as const;

  test("take the track's size, made even, and its rate", () => {
    const chosen = { codec: "avc", codecString: "avc1" } as const;
    const settings = { width: 641, height: 361, frameRate: 15 };
    expect(videoEncoderConfiguration(chosen, settings, wishes)).toMatchObject({
      codec: "avc1.42E01E",
      width: 640,
      height: 360,
      framerate: 15,
    });
  });

  test("keep the codec string that the program gave in full", () => {
    const chosen = { codec: "avc", codecString: "avc1.64001E" } as const;
    expect(videoEncoderConfiguration(chosen, {}, wishes).codec).toBe("avc1.64001E");
  });

  test("complete `avc3` as they do `avc1`", () => {
    const chosen = { codec: "avc", codecString: "avc3" } as const;
    expect(videoEncoderConfiguration(chosen, {}, wishes).codec).toBe("avc3.42E01E");
  });

  test("turn key frame intervals into time", () => {
    const chosen = { codec: "vp8", codecString: "vp8" } as const;
    const settings = { frameRate: 25 };
    const interval = (more: object): number =>
      videoEncoderConfiguration(chosen, settings, { ...wishes, ...more }).keyFrameIntervalUs;
    expect(interval({ keyFrameIntervalMs: 500 })).toBe(500_000);
    expect(interval({ keyFrameIntervalCount: 50 })).toBe(2_000_000);
  });

  test("give Opus its own rate and PCM the track's", () => {
    const settings = { sampleRate: 16_000, channelCount: 1 };
    const rateOf = (codec: "opus" | "aac" | "pcm"): number =>
      audioEncoderConfiguration({ codec, codecString: codec }, settings, wishes).sampleRate;
    expect([rateOf("opus"), rateOf("aac"), rateOf("pcm")]).toEqual([48_000, 48_000, 16_000]);
  });
});
