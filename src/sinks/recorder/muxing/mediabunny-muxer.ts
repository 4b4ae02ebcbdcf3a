import {
  AppendOnlyStreamTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import type { OutputFormat } from "mediabunny";
import type { EncodedChunk } from "../../../media/encoding.ts";
import { codecOf, isVideoCodec } from "../codec.ts";
import type { ContainerName } from "../containers.ts";
import { forgetWrittenSamples } from "./forget-written-samples.ts";
import { Mp4File } from "./mp4-file.ts";
import type { MuxedTrack, Muxer } from "./muxer.ts";
import type { RecordingTarget } from "../recording-target.ts";
import { seekHeadRoom, WebmFile } from "./webm-file.ts";

/** A muxer's input of one track: mediabunny's packet source and what it wants to know first. */
interface TrackInput {
  add(packet: EncodedPacket, decoderConfig: EncodedChunk["decoderConfig"]): Promise<void>;
  close(): void;
}

/** Between mediabunny and the target: completes what can't be known until the end. */
interface Layout extends Pick<RecordingTarget, "write"> {
  finish?(durationUs: number): Promise<void>;
}

/** WebM, Matroska, MP4 (fragmented) and Ogg by mediabunny. */
export async function openMediabunnyMuxer(
  container: Exclude<ContainerName, "wav">,
  tracks: readonly MuxedTrack[],
  target: RecordingTarget,
): Promise<Muxer> {
  const layout = layoutOf(container, target);
  const sink = new WritableStream<Uint8Array>({ write: (bytes) => layout.write(bytes) });
  const output = new Output({
    format: outputFormat(container),
    target: new AppendOnlyStreamTarget(sink),
  });
  // A comment is what WebmFile takes its room from.
  if (layout instanceof WebmFile) output.setMetadataTags({ comment: "-".repeat(seekHeadRoom) });
  const inputs = tracks.map((track) =>
    track.config.kind === "video" ? addVideoTrack(output, track) : addAudioTrack(output, track),
  );
  await output.start();
  return new MediabunnyMuxer(output, inputs, layout);
}

class MediabunnyMuxer implements Muxer {
  readonly #output: Output;
  readonly #inputs: readonly TrackInput[];
  readonly #layout: Layout;
  #endUs = 0;

  constructor(output: Output, inputs: readonly TrackInput[], layout: Layout) {
    this.#output = output;
    this.#inputs = inputs;
    this.#layout = layout;
  }

  async add(track: number, chunk: EncodedChunk, timestampUs: number): Promise<void> {
    const packet = new EncodedPacket(
      chunk.data,
      chunk.type,
      timestampUs / 1_000_000,
      chunk.duration / 1_000_000,
    );
    this.#endUs = Math.max(this.#endUs, timestampUs + chunk.duration);
    await this.#inputs[track]?.add(packet, chunk.decoderConfig);
    forgetWrittenSamples(this.#output);
  }

  async closeTrack(track: number): Promise<void> {
    this.#inputs[track]?.close();
  }

  async finalize(): Promise<void> {
    await this.#output.finalize();
    await this.#layout.finish?.(this.#endUs);
  }
}

function layoutOf(container: ContainerName, target: RecordingTarget): Layout {
  switch (container) {
    case "webm":
    case "matroska":
      return new WebmFile(target);
    case "mp4":
      return new Mp4File(target);
    default:
      return target;
  }
}

function outputFormat(container: Exclude<ContainerName, "wav">): OutputFormat {
  switch (container) {
    case "webm":
      return new WebMOutputFormat({ appendOnly: true });
    case "matroska":
      return new MkvOutputFormat({ appendOnly: true });
    case "mp4":
      // A fragment for each key frame of the usual half a second, be it a little early.
      return new Mp4OutputFormat({ fastStart: "fragmented", minimumFragmentDuration: 0.4 });
    case "ogg":
      // A page holds seconds otherwise, which wait in memory.
      return new OggOutputFormat({ maximumPageDuration: 0.1 });
  }
}

function addVideoTrack(output: Output, track: MuxedTrack): TrackInput {
  const codec = codecOf(track.config.codec);
  if (codec === undefined || !isVideoCodec(codec)) {
    throw new TypeError(`${track.config.codec} is no video codec that can be recorded`);
  }
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source);
  return {
    async add(packet, decoderConfig) {
      const { config } = track;
      if (decoderConfig === undefined || config.kind !== "video") return await source.add(packet);
      const { width: codedWidth, height: codedHeight } = config;
      await source.add(packet, { decoderConfig: { ...decoderConfig, codedWidth, codedHeight } });
    },
    close: () => source.close(),
  };
}

function addAudioTrack(output: Output, track: MuxedTrack): TrackInput {
  const codec = codecOf(track.config.codec);
  const source = new EncodedAudioPacketSource(
    codec === "opus" || codec === "aac" ? codec : "pcm-s16",
  );
  output.addAudioTrack(source);
  return {
    async add(packet, decoderConfig) {
      const { config } = track;
      if (decoderConfig === undefined || config.kind !== "audio") return await source.add(packet);
      const { sampleRate, numberOfChannels } = config;
      await source.add(packet, {
        decoderConfig: { ...decoderConfig, sampleRate, numberOfChannels },
      });
    },
    close: () => source.close(),
  };
}
