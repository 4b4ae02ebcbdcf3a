import type { FFEncoderCodec } from "node-av/constants";
import type { Codec, CodecContext } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import type { AudioEncoderConfig, VideoEncoderConfig } from "../../media/encoding.ts";
import type { EncoderChoice } from "../encoder-choice.ts";
import { check } from "./check.ts";
import type { Native } from "./native.ts";

/** Opens an encoder that counts time in µs. */
export async function openVideoCodec(
  native: Native,
  config: VideoEncoderConfig,
  choice: EncoderChoice,
): Promise<CodecContext> {
  const { codec, context } = allocate(native, choice);
  const rate = Math.max(1, Math.round(config.framerate * 1000));
  context.width = config.width;
  context.height = config.height;
  const { AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P } = native.constants;
  context.pixelFormat = choice.isFullRange ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
  context.sampleAspectRatio = new native.Rational(1, 1);
  context.timeBase = new native.Rational(1, 1_000_000);
  context.framerate = new native.Rational(rate, 1000);
  context.bitRate = BigInt(Math.round(config.bitrate));
  // Key frames are forced by time, so that a slow source has them as often; this is a limit.
  context.gopSize = Math.max(1, Math.round((config.keyFrameIntervalUs / 1e6) * config.framerate));
  context.maxBFrames = 0;
  return await open(native, codec, context, choice);
}

/** Opens an encoder that counts time in samples, and takes the nearest rate and format it has. */
export async function openAudioCodec(
  native: Native,
  config: AudioEncoderConfig,
  choice: EncoderChoice,
): Promise<CodecContext> {
  const { codec, context } = allocate(native, choice);
  const { AV_SAMPLE_FMT_S16 } = native.constants;
  context.sampleFormat = codec.sampleFormats?.[0] ?? AV_SAMPLE_FMT_S16;
  context.sampleRate = nearestRate(codec.supportedSamplerates, config.sampleRate);
  context.channelLayout = native.avChannelLayoutDefault(config.numberOfChannels);
  context.timeBase = new native.Rational(1, context.sampleRate);
  // Asked for more, libopus doesn't start, where browsers take its limit.
  const mostBits = choice.encoder === "libopus" ? 256_000 * config.numberOfChannels : Infinity;
  const bitrate = Math.round(Math.min(config.bitrate, mostBits));
  if (bitrate > 0) context.bitRate = BigInt(bitrate);
  return await open(native, codec, context, choice);
}

function nearestRate(supported: readonly number[] | null, wanted: number): number {
  if (supported === null || supported.length === 0 || supported.includes(wanted)) return wanted;
  const above = supported.filter((rate) => rate >= wanted);
  return above.length > 0 ? Math.min(...above) : Math.max(...supported);
}

function allocate(native: Native, choice: EncoderChoice) {
  const codec = native.Codec.findEncoderByName(choice.encoder as FFEncoderCodec);
  if (codec === null) throw new DeviceError("failed", `FFmpeg here has no ${choice.encoder}.`);
  const context = new native.CodecContext();
  context.allocContext3(codec);
  return { codec, context };
}

async function open(
  native: Native,
  codec: Codec,
  context: CodecContext,
  choice: EncoderChoice,
): Promise<CodecContext> {
  context.setFlags(native.constants.AV_CODEC_FLAG_GLOBAL_HEADER);
  context.threadCount = choice.threads;
  const options = native.Dictionary.fromObject({ ...choice.options });
  try {
    check(native, await context.open2(codec, options), `${choice.encoder} doesn't start`);
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  } finally {
    options.free();
  }
}
