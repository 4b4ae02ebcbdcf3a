import type { EncoderConfig } from "../media/encoding.ts";

/** Which of FFmpeg's encoders makes a codec, and how it is run. */
export interface EncoderChoice {
  readonly encoder: string;
  readonly options: Readonly<Record<string, string>>;
  readonly threads: number;
  /** Holds pictures back, so that a flush must drain it. */
  readonly delays?: boolean;
  /** Takes luma from 0 to 255 in place of 16 to 235. */
  readonly isFullRange?: boolean;
}

// libvpx with two threads on two busy cores spins: 20 s of CPU in place of 2.
const VPX = {
  deadline: "realtime",
  "cpu-used": "8",
  "lag-in-frames": "0",
  "auto-alt-ref": "0",
} as const;

const PCM = new Map([
  ["pcm-s16", "pcm_s16le"],
  ["pcm-s16be", "pcm_s16be"],
  ["pcm-s24", "pcm_s24le"],
  ["pcm-s24be", "pcm_s24be"],
  ["pcm-s32", "pcm_s32le"],
  ["pcm-s32be", "pcm_s32be"],
  ["pcm-f32", "pcm_f32le"],
  ["pcm-f32be", "pcm_f32be"],
  ["pcm-f64", "pcm_f64le"],
  ["pcm-u8", "pcm_u8"],
  ["pcm-s8", "pcm_s8"],
  ["ulaw", "pcm_mulaw"],
  ["alaw", "pcm_alaw"],
]);

/** The encoder for a configuration; undefined where there is none. */
export function chooseEncoder(config: EncoderConfig): EncoderChoice | undefined {
  return config.kind === "video" ? chooseVideo(config.codec) : chooseAudio(config.codec, config);
}

function chooseVideo(codec: string): EncoderChoice | undefined {
  if (codec === "jpeg") {
    const options = { qmin: "2", qmax: "4", huffman: "optimal" };
    return { encoder: "mjpeg", options, threads: 1, isFullRange: true };
  }
  if (codec === "vp8") return { encoder: "libvpx", options: VPX, threads: 1 };
  if (codec === "vp9" || codec.startsWith("vp09.00")) {
    return { encoder: "libvpx-vp9", options: { ...VPX, "row-mt": "1" }, threads: 1 };
  }
  const avc = /^avc[13]\.([0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})$/i.exec(codec);
  if (avc?.[1] !== undefined) {
    const profile = H264_PROFILES.get(avc[1].toLowerCase());
    if (profile === undefined) return undefined;
    return {
      encoder: "libx264",
      options: { preset: "superfast", tune: "zerolatency", profile },
      threads: 0,
    };
  }
  if (codec === "av1" || codec.startsWith("av01.0")) {
    return {
      encoder: "libsvtav1",
      options: { preset: "12", "svtav1-params": "pred-struct=1:rc=2" },
      threads: 0,
      delays: true,
    };
  }
  return undefined;
}

const H264_PROFILES = new Map([
  ["42", "baseline"],
  ["4d", "main"],
  ["64", "high"],
]);

function chooseAudio(
  codec: string,
  config: { readonly bitrateMode?: "constant" | "variable" },
): EncoderChoice | undefined {
  const audio = (encoder: string, options: Record<string, string> = {}): EncoderChoice => ({
    encoder,
    options,
    threads: 1,
    delays: true,
  });
  if (codec === "opus") {
    return audio("libopus", { vbr: config.bitrateMode === "constant" ? "off" : "on" });
  }
  if (codec === "mp4a.40.2" || codec === "mp4a.40.02" || codec === "aac") return audio("aac");
  if (codec === "flac") return audio("flac");
  if (codec === "mp3") return audio("libmp3lame");
  const pcm = PCM.get(codec);
  return pcm === undefined ? undefined : audio(pcm);
}
