import {
  type CodecService,
  type EncoderEvents,
  type EncoderSession,
  type FrameEncoder,
} from "../../contract/encoder.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { BesideConfig, EncoderConfig, PictureView } from "../../media/encoding.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { EncoderConfigOf } from "../contract.ts";
import { EarlyFrames } from "./early-frames.ts";
import { EncoderFeeder } from "./encoder-feeder.ts";
import { FirstFrameEncoder } from "./first-frame-encoder.ts";
import type { SourceTrack } from "./source-track.ts";
import type { HostedEncoder, TrackHost } from "./track-host.ts";

/** What a track hears of its encoder. */
export interface TrackEncoderEvents extends EncoderEvents {
  /** A picture that waited for the encoder was left out. */
  dropped(): void;
}

/** An encoder that a track closes properly when it ends: what was captured comes out first. */
export class TrackEncoder implements EncoderSession {
  readonly #session: EncoderSession;
  readonly #halt: () => void;
  readonly #ended: () => void;
  readonly #closed: () => void;
  #onClose: () => void = () => undefined;
  #draining: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  /** `halt` keeps further frames from the encoder; idempotent. */
  constructor({ closed, session }: HostedEncoder, halt: () => void, { ended }: EncoderEvents) {
    this.#session = session;
    this.#halt = halt;
    this.#closed = closed;
    this.#ended = () => ended?.();
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  setEnabled(enabled: boolean): void {
    if (this.#isOpen) this.#session.setEnabled(enabled);
  }

  setPaused(paused: boolean): void {
    if (this.#isOpen) this.#session.setPaused(paused);
  }

  setProcessing(processing: SoundProcessing | undefined): void {
    if (this.#isOpen) this.#session.setProcessing?.(processing);
  }

  setView(view: PictureView): void {
    if (this.#isOpen) this.#session.setView?.(view);
  }

  requestKeyFrame(): void {
    if (this.#isOpen) this.#session.requestKeyFrame();
  }

  async flush(): Promise<void> {
    await (this.#draining ?? this.#closing ?? this.#session.flush());
  }

  /** Takes no more frames, and resolves when those it has came out. Never rejects. */
  drain(): Promise<void> {
    if (!this.#isOpen) return this.#draining ?? Promise.resolve();
    this.#halt();
    this.#draining = this.#session.flush().catch(() => undefined);
    void this.#draining.then(this.#ended);
    return this.#draining;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  get #isOpen(): boolean {
    return this.#draining === undefined && this.#closing === undefined;
  }

  async #close(): Promise<void> {
    if (this.#draining === undefined) this.#halt();
    this.#onClose();
    await this.#draining;
    try {
      await this.#session.close();
    } finally {
      this.#closed();
    }
  }
}

/** Beside the capture where the source can, else with the codec service. */
export async function openTrackEncoder(
  track: SourceTrack,
  host: TrackHost,
  wanted: BesideConfig | EncoderConfigOf,
  events: TrackEncoderEvents,
): Promise<TrackEncoder> {
  const config = typeof wanted === "function" ? wanted(track.settings) : wanted;
  const opening = host.openEncoder(forTrack(config, track), events);
  if (opening !== undefined) {
    const beside = await opening;
    return new TrackEncoder(beside, () => beside.session.setPaused(true), events);
  }
  if (config.kind === "pixels") {
    throw new DeviceError("failed", "Only a source that encodes by itself converts pixels.");
  }
  if (host.codecs === undefined) {
    throw new DeviceError(
      "missing-dependency",
      `Encoding ${config.codec} needs the optional package @seydx/node-av: ` +
        "npm install --include=optional node-usermedia",
    );
  }
  return typeof wanted === "function" && !hasShape(track)
    ? openWithFirstFrame(track, host.codecs, wanted, events)
    : await openProgramEncoder(track, host.codecs, config, events);
}

/** What is encoded beside the capture hasn't been processed yet, nor cropped, nor made black. */
function forTrack(config: BesideConfig, track: SourceTrack): BesideConfig {
  const { enabled: isEnabled, processing, view } = track;
  if (config.kind === "pixels") return { ...config, isEnabled, view };
  const isProcessed = config.kind === "audio" && processing !== undefined;
  return isProcessed ? { ...config, isEnabled, processing } : { ...config, isEnabled };
}

/** Whether the track's settings say what its frames are like. */
function hasShape({ kind, settings }: SourceTrack): boolean {
  return (kind === "video" ? settings.width : settings.channelCount) !== undefined;
}

/** Encodes what comes from this call on, though the encoder is there some time later only. */
async function openProgramEncoder(
  track: SourceTrack,
  codecs: CodecService,
  config: EncoderConfig,
  events: TrackEncoderEvents,
): Promise<TrackEncoder> {
  const early = new EarlyFrames(events.dropped);
  let take = (frame: VideoFrame | AudioData): boolean | void => early.add(frame);
  const halt = track.connect({ frame: (frame) => take(frame) });
  try {
    const session = await codecs.openEncoder(config, events);
    const feeder = new EncoderFeeder(session, early.encodeWith(session));
    take = (frame) => feeder.feed(frame);
    return new TrackEncoder({ session, closed: () => undefined }, halt, events);
  } catch (error) {
    halt();
    early.close();
    throw error;
  }
}

/** An encoder whose configuration is made when the first frame shows its shape. */
function openWithFirstFrame(
  track: SourceTrack,
  codecs: CodecService,
  configOf: EncoderConfigOf,
  events: TrackEncoderEvents,
): TrackEncoder {
  const early = new EarlyFrames(events.dropped);
  let shape: MediaTrackSettings = {};
  const open = async (): Promise<FrameEncoder> => {
    const encoder = await codecs.openEncoder(configOf({ ...track.settings, ...shape }), events);
    const feeder = new EncoderFeeder(encoder, early.encodeWith(encoder));
    take = (frame) => feeder.feed(frame);
    return encoder;
  };
  const session = new FirstFrameEncoder(open, (reason) => {
    halt();
    early.close();
    events.error(reason);
  });
  let take = (frame: VideoFrame | AudioData): boolean | void => {
    shape = shapeOf(frame);
    early.add(frame);
    take = (later) => early.add(later);
    session.begin();
  };
  const halt = track.connect({ frame: (frame) => take(frame) });
  return new TrackEncoder({ session, closed: () => undefined }, halt, events);
}

function shapeOf(frame: VideoFrame | AudioData): MediaTrackSettings {
  return "codedWidth" in frame
    ? { width: frame.displayWidth, height: frame.displayHeight }
    : { sampleRate: frame.sampleRate, channelCount: frame.numberOfChannels };
}
