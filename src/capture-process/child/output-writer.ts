import type { FormatContext, Packet, Stream } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import type { OutputEvents } from "../../contract/media-output.ts";
import type { EncoderConfig } from "../../media/encoding.ts";
import type { Command } from "../wire/command.ts";
import type { OutputSpec } from "../wire/output.ts";
import type { Native } from "./native.ts";
import { keepSecret, takeLines } from "./native-log.ts";
import { outputFailure } from "./output-failure.ts";

type WriteCommand = Extract<Command, { type: "writeOutput" }>;

/** µs: a stream that gives nothing holds the others back for no longer. */
const INTERLEAVING_US = 200_000n;

/**
 * Writes encoded chunks by FFmpeg's muxers and protocols. Their calls block while the far end takes
 * nothing; they run beside the event loop, one at a time.
 */
export class OutputWriter {
  readonly #native: Native;
  readonly #context: FormatContext;
  readonly #streams: readonly Stream[];
  readonly #events: OutputEvents;
  readonly #lastUs: number[];
  #writing: Promise<void> = Promise.resolve();
  #hasFailed = false;

  private constructor(native: Native, context: FormatContext, parts: WriterParts) {
    this.#native = native;
    this.#context = context;
    this.#streams = parts.streams;
    this.#events = parts.events;
    this.#lastUs = parts.streams.map(() => -1);
  }

  /** Connects and writes the head. @throws DeviceError */
  static async open(native: Native, spec: OutputSpec, events: OutputEvents): Promise<OutputWriter> {
    keepSecret(spec.secrets);
    const context = new native.FormatContext();
    const allocated = context.allocOutputContext2(null, spec.format, spec.url);
    if (allocated < 0) {
      const message = `This build of FFmpeg has no muxer ${spec.format}.`;
      throw new DeviceError("missing-dependency", message);
    }
    context.maxInterleaveDelta = INTERLEAVING_US;
    const streams = spec.streams.map((stream) => addStream(native, context, stream));
    const opensFiles = context.oformat?.hasFlags(native.constants.AVFMT_NOFILE) === true;
    if (!opensFiles) await succeed(native, await context.openOutput());
    const options = native.Dictionary.fromObject({ ...spec.options });
    await succeed(native, await context.writeHeader(options));
    return new OutputWriter(native, context, { streams, events });
  }

  /** Copies the data; what comes of it is told later. */
  write(chunk: WriteCommand, data: Uint8Array): void {
    const packet = this.#packetOf(chunk, data);
    if (packet === undefined) return;
    this.#writing = this.#writing.then(async () => {
      try {
        if (!this.#hasFailed) await this.#writePacket(packet);
      } finally {
        packet.free();
      }
    });
  }

  /** Writes what waits, and the end. */
  async close(): Promise<void> {
    await this.#writing;
    if (!this.#hasFailed) await this.#context.writeTrailer();
    await this.#context.closeOutput();
    this.#context.freeContext();
  }

  #packetOf(chunk: WriteCommand, data: Uint8Array): Packet | undefined {
    const stream = this.#streams[chunk.stream];
    if (stream === undefined) return undefined;
    const { AV_PKT_FLAG_KEY } = this.#native.constants;
    // Containers refuse what isn't later than what came before.
    const us = Math.max(Math.round(chunk.timestamp), (this.#lastUs[chunk.stream] ?? -1) + 1);
    this.#lastUs[chunk.stream] = us;
    const packet = new this.#native.Packet();
    packet.alloc();
    packet.data = Buffer.from(data);
    packet.streamIndex = stream.index;
    packet.pts = BigInt(us);
    packet.dts = BigInt(us);
    packet.duration = BigInt(Math.round(chunk.duration));
    if (chunk.key) packet.setFlags(AV_PKT_FLAG_KEY);
    packet.rescaleTs({ num: 1, den: 1_000_000 }, stream.timeBase);
    return packet;
  }

  async #writePacket(packet: Packet): Promise<void> {
    const result = await this.#context.interleavedWriteFrame(packet);
    if (result >= 0) {
      this.#events.written();
      return;
    }
    this.#hasFailed = true;
    this.#events.failed(await failureOf(this.#native, result));
  }
}

interface WriterParts {
  readonly streams: readonly Stream[];
  readonly events: OutputEvents;
}

async function succeed(native: Native, result: number): Promise<void> {
  if (result < 0) throw await failureOf(native, result);
}

async function failureOf(native: Native, result: number): Promise<DeviceError> {
  return outputFailure(result, native.FFmpegError.strerror(result), await takeLines());
}

function addStream(
  native: Native,
  context: FormatContext,
  { config, description }: OutputSpec["streams"][number],
): Stream {
  const stream = context.newStream();
  const parameters = stream.codecpar;
  const { constants } = native;
  if (description !== undefined) parameters.extradata = Buffer.from(description, "base64");
  parameters.codecId = codecIdOf(native, config);
  parameters.bitRate = BigInt(config.bitrate);
  if (config.kind === "audio") {
    parameters.codecType = constants.AVMEDIA_TYPE_AUDIO;
    parameters.sampleRate = config.sampleRate;
    parameters.channelLayout = native.avChannelLayoutDefault(config.numberOfChannels);
    parameters.format = constants.AV_SAMPLE_FMT_FLTP;
    parameters.frameSize = 1024;
  } else {
    parameters.codecType = constants.AVMEDIA_TYPE_VIDEO;
    parameters.width = config.width;
    parameters.height = config.height;
    parameters.format = constants.AV_PIX_FMT_YUV420P;
    stream.avgFrameRate = new native.Rational(Math.round(config.framerate * 1000), 1000);
  }
  stream.timeBase = new native.Rational(1, 1_000_000);
  return stream;
}

function codecIdOf({ constants }: Native, { codec }: EncoderConfig) {
  if (codec.startsWith("avc")) return constants.AV_CODEC_ID_H264;
  if (codec.startsWith("mp4a")) return constants.AV_CODEC_ID_AAC;
  throw new DeviceError("failed", `${codec} can't be published; H.264 and AAC can.`);
}
