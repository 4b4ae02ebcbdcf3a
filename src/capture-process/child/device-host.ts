import type { Frame } from "node-av/lib";
import { DeviceError } from "../../contract/device-error.ts";
import { type DeviceConfiguration } from "../../contract/device.ts";
import { StallWatch } from "../../contract/stall-watch.ts";
import type { Channel } from "../wire/channel.ts";
import type { ChosenSurface } from "../wire/chosen-surface.ts";
import type { InputSpec } from "../wire/command.ts";
import { DeviceReader } from "./device-reader.ts";
import type { EncoderSet } from "./encoder-set.ts";
import { failureOf } from "./failure-of.ts";
import { FilePlayer } from "./file-player.ts";
import { FrameSender } from "./frame-sender.ts";
import type { MediaConsumer } from "./media-consumer.ts";
import type { MediaReader } from "./media-reader.ts";
import { MuteFiller } from "./mute-filler.ts";
import type { Native } from "./native.ts";
import { realClock } from "./real-clock.ts";

/** The device of a capture process: its reader, and where its frames go. */
export class DeviceHost implements MediaConsumer {
  readonly #number: number;
  readonly #channel: Channel;
  readonly #encoders: EncoderSet;
  readonly #stalls: StallWatch;
  readonly #filler: MuteFiller;
  #sender: FrameSender | undefined;
  #reader: MediaReader | undefined;
  #input: InputSpec | undefined;
  readonly #closing = new AbortController();
  /** The reader that is being opened: a desktop's dialog may take as long as its user likes. */
  #opening: Promise<MediaReader> | undefined;
  #isStarted = false;
  #isWanted = false;
  #takersCome: (() => void)[] = [];

  /** @param number what the program calls it */
  constructor(number: number, channel: Channel, encoders: EncoderSet) {
    this.#number = number;
    this.#channel = channel;
    this.#encoders = encoders;
    this.#filler = new MuteFiller(number, encoders);
    this.#stalls = new StallWatch(realClock, (muted) => this.#muteChanged(muted));
  }

  /** @throws DeviceError */
  async open(
    native: Native,
    input: InputSpec,
    asked: DeviceConfiguration,
  ): Promise<DeviceConfiguration> {
    const isFile = input.type === "file";
    this.#sender ??= new FrameSender(native, this.#channel, this.#number, isFile);
    const opening = this.#openReader(native, input, asked);
    this.#opening = opening;
    this.#reader = await opening;
    this.#input = input;
    return this.#reader.configuration;
  }

  /** What a desktop's user chose, where one did. */
  get surface(): ChosenSurface | undefined {
    return this.#reader?.surface;
  }

  async #openReader(
    native: Native,
    input: InputSpec,
    asked: DeviceConfiguration,
  ): Promise<MediaReader> {
    switch (input.type) {
      case "file":
        return await FilePlayer.open(native, input, this);
      case "device":
        return await DeviceReader.open(native, input, asked, this);
      case "screenCast": {
        const { signal } = this.#closing;
        // Loaded when it is asked for, as few machines need it.
        const { ScreenReader } = await import("./pipewire/screen-reader.ts");
        return await ScreenReader.open({ native, input, asked, consumer: this, signal });
      }
    }
  }

  /** @throws DeviceError; the device runs on as before, unless it can't be opened so again either */
  async reconfigure(
    native: Native,
    input: InputSpec,
    asked: DeviceConfiguration,
  ): Promise<DeviceConfiguration> {
    const before = this.#reader;
    const beforeInput = this.#input;
    if (before === undefined || beforeInput === undefined) {
      throw new DeviceError("failed", "No device is open.");
    }
    if (before.reconfigure !== undefined) {
      await before.reconfigure(asked);
      return before.configuration;
    }
    this.#stalls.stop();
    this.takersChanged();
    await before.close();
    this.#sender?.clear();
    try {
      return await this.open(native, input, asked);
    } catch (error) {
      await this.open(native, beforeInput, before.configuration).catch((again: unknown) =>
        this.ended(again),
      );
      throw error;
    } finally {
      if (this.#isStarted) this.start(undefined);
    }
  }

  start(epochUs: number | undefined): void {
    const reader = this.#reader;
    if (reader === undefined) return;
    this.#isStarted = true;
    const { configuration } = reader;
    // A file gives nothing where it has nothing, or nobody takes it.
    if (this.#input?.type !== "file") {
      this.#stalls.watch(configuration.kind === "video" ? configuration.mode.frameRate : undefined);
    }
    reader.start(epochUs);
  }

  wantFrames(wanted: boolean): void {
    this.#isWanted = wanted;
    this.takersChanged();
  }

  /** Frames are wanted, or an encoder was opened: what waits for that goes on. */
  takersChanged(): void {
    for (const resolve of this.#takersCome.splice(0)) resolve();
  }

  frame(frame: Frame, timestampUs: number): void {
    this.#stalls.feed();
    const isDecoders = this.#input?.type === "file";
    this.#encoders.frame({ device: this.#number, isDecoders }, frame, timestampUs);
    if (this.#isWanted) this.#sender?.send(frame, timestampUs);
  }

  lost(count: number): void {
    this.#encoders.lost(this.#number, count);
    if (this.#isWanted) this.#sender?.lost(count);
  }

  ended(error: unknown): void {
    this.#expectNothing();
    void this.#tellEnd(error);
  }

  async ready(): Promise<void> {
    if (!this.#isWanted && !this.#encoders.take(this.#number)) {
      await new Promise<void>((resolve) => this.#takersCome.push(resolve));
    }
    await this.#encoders.ready(this.#number);
    if (this.#isWanted) await this.#sender?.ready();
  }

  #muteChanged(muted: boolean): void {
    this.#channel.send({ type: "muted", device: this.#number, muted });
    if (muted && this.#reader !== undefined) this.#filler.start(this.#reader.configuration);
    else this.#filler.stop();
  }

  #expectNothing(): void {
    this.#stalls.stop();
    this.#filler.stop();
  }

  /** The last frames go first. */
  async #tellEnd(error: unknown): Promise<void> {
    if (this.#isWanted) await this.#sender?.ready();
    this.#channel.send({ type: "ended", device: this.#number, error: failureOf(error) });
  }

  async close(): Promise<void> {
    this.#expectNothing();
    this.takersChanged();
    this.#sender?.close();
    this.#closing.abort(new DeviceError("failed", "The device was closed while it was opened."));
    await this.#opening?.catch(() => undefined);
    await this.#reader?.close();
  }
}
