import { checkReceiver } from "./check-receiver.ts";
import {
  type AudioSampleFormat,
  isAudioSampleFormat,
  isPlanar,
  SAMPLE_BYTES,
  sampleTypeOf,
} from "./samples/audio-sample-format.ts";
import { type AllowSharedBufferSource, bytesOf, ownBytes } from "./buffer-source.ts";
import { longLong, unsignedLong } from "./enforce-range.ts";
import { countOpenFrame } from "./open-frames.ts";
import { convertSamples, type SampleRun, samplesOf, type Samples } from "./samples/pcm.ts";
import { SharedBytes } from "./shared-bytes.ts";

/** @see https://w3c.github.io/webcodecs/#dictdef-audiodatainit */
export interface AudioDataInit {
  format: AudioSampleFormat;
  /** Hz */
  sampleRate: number;
  numberOfFrames: number;
  numberOfChannels: number;
  /** µs */
  timestamp: number;
  data: AllowSharedBufferSource;
  /** Buffers to detach and use instead of copying. */
  transfer?: ArrayBuffer[];
}

/** @see https://w3c.github.io/webcodecs/#dictdef-audiodatacopytooptions */
export interface AudioDataCopyToOptions {
  planeIndex: number;
  frameOffset?: number;
  frameCount?: number;
  /** Default: the data's own. */
  format?: AudioSampleFormat;
}

/** What open data is made of. */
interface Content {
  readonly format: AudioSampleFormat;
  readonly sampleRate: number;
  readonly numberOfFrames: number;
  readonly numberOfChannels: number;
  readonly samples: Samples;
  readonly shared: SharedBytes;
}

/**
 * One channel of open data, not copied: to be read only, and only until the data is closed.
 * For this library's own parts; scripts have `copyTo()`.
 */
export let channelOf: (data: AudioData, channel: number) => SampleRun;

/**
 * Samples with the shape of WebCodecs' `AudioData`, over bytes of their own. Clones share the
 * bytes. Who receives data closes it.
 *
 * @see https://w3c.github.io/webcodecs/#audiodata-interface
 */
export class AudioData {
  #content: Content | undefined;
  readonly #timestamp: number;

  static {
    channelOf = (data, channel) => runOf(data.#open(), channel);
    checkReceiver(AudioData, (value) => #content in value);
  }

  /**
   * Copies the samples, or moves them if `init.transfer` names their buffer.
   * @throws TypeError when `init` doesn't fit the bytes
   */
  constructor(
    init:
      | AudioDataInit
      | (Omit<AudioDataInit, "data"> & { data: SharedBytes })
      | { clone: AudioData; timestamp?: number },
  ) {
    if (typeof init !== "object" || init === null) {
      throw new TypeError("Failed to construct 'AudioData': an AudioDataInit is required.");
    }
    if ("clone" in init && typeof init.clone === "object" && #content in init.clone) {
      const content = init.clone.#open();
      this.#timestamp = longLong(init.timestamp ?? init.clone.#timestamp, "timestamp");
      content.shared.retain();
      this.#content = content;
    } else {
      this.#timestamp = longLong(init.timestamp, "timestamp");
      this.#content = parseInit(init as AudioDataInit);
    }
    countOpenFrame(1);
  }

  /** How samples are written; null once it is closed. */
  get format(): AudioSampleFormat | null {
    return this.#content?.format ?? null;
  }
  /** Hz */
  get sampleRate(): number {
    return this.#content?.sampleRate ?? 0;
  }
  /** Samples of each channel; 0 once it is closed. */
  get numberOfFrames(): number {
    return this.#content?.numberOfFrames ?? 0;
  }
  /** 0 once it is closed. */
  get numberOfChannels(): number {
    return this.#content?.numberOfChannels ?? 0;
  }
  /** µs */
  get duration(): number {
    const { numberOfFrames, sampleRate } = this.#content ?? { numberOfFrames: 0, sampleRate: 1 };
    return Math.trunc((numberOfFrames * 1e6) / sampleRate);
  }
  /** µs */
  get timestamp(): number {
    return this.#timestamp;
  }

  /**
   * Bytes that {@link copyTo} needs with the same options.
   * @throws InvalidStateError when closed; RangeError for a plane or frames that aren't there
   */
  allocationSize(options: AudioDataCopyToOptions): number {
    return parseCopyOptions(this.#open(), options).byteLength;
  }

  /**
   * Copies one plane (all channels, for an interleaved format), converting its samples.
   * @throws as {@link allocationSize}, and RangeError when the destination is too small
   */
  copyTo(destination: AllowSharedBufferSource, options: AudioDataCopyToOptions): void {
    const content = this.#open();
    const plan = parseCopyOptions(content, options);
    const bytes = bytesOf(destination);
    if (bytes.byteLength < plan.byteLength) {
      throw new RangeError(
        `The destination has ${bytes.byteLength} bytes; the samples need ${plan.byteLength}.`,
      );
    }
    copySamples(content, plan, bytes.subarray(0, plan.byteLength));
  }

  /**
   * New open data on the same bytes.
   * @throws InvalidStateError when closed
   */
  clone(): AudioData {
    return new AudioData({ clone: this });
  }

  /** Lets go of the bytes. Idempotent. */
  close(): void {
    if (this.#content === undefined) return;
    this.#content.shared.release();
    this.#content = undefined;
    countOpenFrame(-1);
  }

  #open(): Content {
    if (this.#content !== undefined) return this.#content;
    throw new DOMException(
      "This AudioData is closed. Use it before close(), or clone() it.",
      "InvalidStateError",
    );
  }
}

/** @see https://w3c.github.io/webcodecs/#valid-audiodatainit */
function parseInit(init: Omit<AudioDataInit, "data"> & { data: unknown }): Content {
  const { format, sampleRate } = init;
  if (!isAudioSampleFormat(format)) throw unknownFormat(format);
  const numberOfFrames = unsignedLong(init.numberOfFrames, "numberOfFrames");
  const numberOfChannels = unsignedLong(init.numberOfChannels, "numberOfChannels");
  if (!(sampleRate > 0 && Number.isFinite(sampleRate)) || numberOfFrames * numberOfChannels === 0) {
    throw new TypeError("sampleRate, numberOfFrames and numberOfChannels must be above 0.");
  }
  const type = sampleTypeOf(format);
  const needed = numberOfFrames * numberOfChannels * SAMPLE_BYTES[type];
  const source = init.data as AllowSharedBufferSource | SharedBytes;
  const { byteLength } = source instanceof SharedBytes ? source.bytes : bytesOf(source);
  if (byteLength < needed) {
    throw new TypeError(
      `${numberOfFrames} frames of ${numberOfChannels} channels in ${format} are ${needed} bytes; ` +
        `data has ${byteLength}.`,
    );
  }
  const shared =
    source instanceof SharedBytes ? source : new SharedBytes(ownBytes(source, init.transfer));
  const samples = samplesOf(shared.bytes, type);
  return { format, sampleRate, numberOfFrames, numberOfChannels, samples, shared };
}

interface CopyPlan {
  readonly format: AudioSampleFormat;
  readonly planeIndex: number;
  readonly frameOffset: number;
  readonly frameCount: number;
  readonly byteLength: number;
}

/** @see https://w3c.github.io/webcodecs/#compute-copy-element-count */
function parseCopyOptions(content: Content, options: AudioDataCopyToOptions): CopyPlan {
  if (typeof options !== "object" || options === null) {
    throw new TypeError("AudioDataCopyToOptions are required: { planeIndex }");
  }
  const format = options.format ?? content.format;
  if (!isAudioSampleFormat(format)) throw unknownFormat(format);
  const planeIndex = unsignedLong(options.planeIndex, "planeIndex");
  const frameOffset = unsignedLong(options.frameOffset ?? 0, "frameOffset");
  const planes = isPlanar(format) ? content.numberOfChannels : 1;
  if (planeIndex >= planes) {
    throw new RangeError(`planeIndex is ${planeIndex}; ${format} has ${planes} planes here.`);
  }
  if (frameOffset >= content.numberOfFrames) {
    throw new RangeError(`frameOffset is ${frameOffset} of ${content.numberOfFrames} frames.`);
  }
  const left = content.numberOfFrames - frameOffset;
  const frameCount = unsignedLong(options.frameCount ?? left, "frameCount");
  if (frameCount > left) {
    throw new RangeError(`frameCount is ${frameCount}; ${left} frames follow frameOffset.`);
  }
  const channels = isPlanar(format) ? 1 : content.numberOfChannels;
  const byteLength = frameCount * channels * SAMPLE_BYTES[sampleTypeOf(format)];
  return { format, planeIndex, frameOffset, frameCount, byteLength };
}

function copySamples(content: Content, plan: CopyPlan, bytes: Uint8Array): void {
  const type = sampleTypeOf(plan.format);
  const aligned = bytes.byteOffset % SAMPLE_BYTES[type] === 0;
  const samples = samplesOf(bytes, type);
  if (isPlanar(plan.format)) {
    const from = runOf(content, plan.planeIndex, plan.frameOffset);
    convertSamples(from, { samples, type, start: 0, step: 1 }, plan.frameCount);
  } else if (plan.format === content.format) {
    const start = plan.frameOffset * content.numberOfChannels;
    const count = plan.frameCount * content.numberOfChannels;
    samples.set(content.samples.subarray(start, start + count));
  } else {
    const step = content.numberOfChannels;
    for (let channel = 0; channel < step; channel++) {
      const from = runOf(content, channel, plan.frameOffset);
      convertSamples(from, { samples, type, start: channel, step }, plan.frameCount);
    }
  }
  if (!aligned) bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
}

function runOf(content: Content, channel: number, frameOffset = 0): SampleRun {
  const { format, samples, numberOfFrames, numberOfChannels } = content;
  const planar = isPlanar(format);
  const step = planar ? 1 : numberOfChannels;
  const start = planar ? channel * numberOfFrames + frameOffset : channel + frameOffset * step;
  return { samples, type: sampleTypeOf(format), start, step };
}

function unknownFormat(format: unknown): TypeError {
  return new TypeError(`"${String(format)}" is no AudioSampleFormat, such as "f32-planar".`);
}
