import type { Frame } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import type { BesideConfig, PictureView } from "../../media/encoding.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import type { Channel } from "../wire/channel.ts";
import type { FrameHeader } from "../wire/frame-header.ts";
import { AudioEncoder } from "./audio-encoder.ts";
import type { Chunk } from "./chunk-maker.ts";
import { failureOf } from "./failure-of.ts";
import type { EncoderOutput } from "./media-encoder.ts";
import type { Native } from "./native.ts";
import { pictureOfFrame } from "./picture.ts";
import { PixelEncoder } from "./pixel-encoder.ts";
import { samplesOfFrame } from "./samples.ts";
import { SoundFilter } from "./sound-filter.ts";
import { VideoEncoder } from "./video-encoder.ts";
import { wirePicture, wireSamples } from "./wire-media.ts";

type AnyEncoder = VideoEncoder | AudioEncoder | PixelEncoder;

interface Entry {
  /** Whose frames it takes; undefined: the program's. */
  readonly device: number | undefined;
  readonly encoder: AnyEncoder;
  /** What is done to the device's sound on its way there. */
  readonly filter: SoundFilter;
  readonly native: Native;
}

/** The encoders of a capture process, by the numbers that the program gave them. */
export class EncoderSet {
  readonly #channel: Channel;
  readonly #entries = new Map<number, Entry>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** @throws DeviceError */
  async open(
    native: Native,
    id: number,
    device: number | undefined,
    config: BesideConfig,
  ): Promise<void> {
    const output: EncoderOutput = {
      chunk: (chunk) => this.#send(id, chunk),
      leftOut: ({ discarded, lost }) =>
        this.#channel.send({ type: "leftOut", encoder: id, discarded, lost }),
      error: (error) =>
        this.#channel.send({ type: "encoderError", encoder: id, error: failureOf(error) }),
    };
    const filter = new SoundFilter(native);
    if (config.kind === "audio") await filter.setProcessing(config.processing);
    const encoder = await this.#openEncoder(native, id, config, output);
    encoder.setEnabled(config.isEnabled ?? true);
    this.#entries.set(id, { device, encoder, filter, native });
  }

  async #openEncoder(
    native: Native,
    id: number,
    config: BesideConfig,
    output: EncoderOutput,
  ): Promise<AnyEncoder> {
    if (config.kind === "video") return await VideoEncoder.open(native, config, output);
    if (config.kind === "audio") return await AudioEncoder.open(native, config, output);
    const { leftOut } = output;
    return new PixelEncoder(native, config, { channel: this.#channel, id, leftOut });
  }

  /** @throws DeviceError when there is no such encoder */
  get(id: number): AnyEncoder {
    return this.#entry(id).encoder;
  }

  #entry(id: number): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new DeviceError("failed", `There is no encoder ${id}.`);
    return entry;
  }

  /** Whether any of them encodes the device. */
  take(device: number): boolean {
    return [...this.#entries.values()].some((entry) => entry.device === device);
  }

  /** Of one that is closed already it is too late. */
  setView(id: number, view: PictureView): void {
    const encoder = this.#entries.get(id)?.encoder;
    if (encoder instanceof PixelEncoder) encoder.setView(view);
  }

  /** An encoder that has just failed needs no other sound any more. */
  setProcessing(id: number, processing: SoundProcessing | undefined): void {
    void this.#entries.get(id)?.filter.setProcessing(processing);
  }

  /**
   * Gives a frame of a device to those that encode it.
   * @param from.isDecoders - whether the frame's memory is a decoder's, which may be held
   */
  frame(
    from: { readonly device: number; readonly isDecoders: boolean },
    frame: Frame,
    timestampUs: number,
  ): void {
    for (const { device, encoder, filter } of this.#entries.values()) {
      if (device !== from.device) continue;
      if (encoder instanceof VideoEncoder)
        encoder.take(pictureOfFrame(frame, from.isDecoders), timestampUs);
      else if (encoder instanceof PixelEncoder) encoder.take(frame, timestampUs);
      else {
        const heard = filter.apply(samplesOfFrame(frame), timestampUs);
        if (heard !== undefined) encoder.take(heard.samples, heard.timestampUs);
      }
    }
  }

  /** Tells those that encode the device of pictures that never came here. */
  lost(from: number, count: number): void {
    for (const { device, encoder } of this.#entries.values()) {
      if (device === from && !(encoder instanceof AudioEncoder)) encoder.lost(count);
    }
  }

  /** Shows those that encode the device black or silence up to this moment. */
  blank(from: number, timestampUs: number): void {
    for (const { device, encoder } of this.#entries.values()) {
      if (device === from) encoder.blank(timestampUs);
    }
  }

  /**
   * Gives a frame of the program to its encoder.
   * @throws DeviceError when there is no such encoder, or it takes no such frames
   */
  encode(id: number, header: FrameHeader, payload: Uint8Array): void {
    const { encoder, native } = this.#entry(id);
    const done = () => this.#channel.send({ type: "encoded", encoder: id, count: 1 });
    if (encoder instanceof VideoEncoder && header.kind === "video") {
      encoder.take(wirePicture(native, header, payload), header.timestamp, done);
    } else if (encoder instanceof AudioEncoder && header.kind === "audio") {
      encoder.take(wireSamples(native, header, payload), header.timestamp, done);
    } else throw new DeviceError("failed", `Encoder ${id} doesn't take ${header.kind}.`);
  }

  /** Resolves when those that encode the device can take more of it. */
  async ready(from: number): Promise<void> {
    for (const { device, encoder } of this.#entries.values()) {
      if (device === from) await encoder.ready();
    }
  }

  async close(id: number): Promise<void> {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    await entry?.encoder.close();
    entry?.filter.close();
  }

  #send(encoder: number, { data, decoderConfig, ...chunk }: Chunk): void {
    const { codec, description } = decoderConfig ?? {};
    const described = description && { description: Buffer.from(description).toString("base64") };
    this.#channel.send(
      {
        type: "chunk",
        encoder,
        ...chunk,
        ...(codec && { decoderConfig: { codec, ...described } }),
      },
      data,
    );
  }
}
