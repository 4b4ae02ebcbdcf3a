import type { CodecService } from "../../contract/encoder.ts";
import type { DeviceError } from "../../contract/device-error.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { AudioData } from "../../media/audio-data.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { Clock, EngineOptions, MediaKind, PushSource, Track } from "../contract.ts";
import { Filler, type FillerShape } from "./filler.ts";
import { SourceTrack } from "../track/source-track.ts";
import type { TrackHost } from "../track/track-host.ts";
import { TrackList } from "./track-list.ts";

/** The rate of black pictures where the program never said one. */
const FILLER_RATE = 30;

export interface ProgramSourceOptions extends EngineOptions {
  /** Called when the last track was stopped. */
  readonly whenUnused?: () => void;
}

/** A source that the program itself fills: a canvas, a generator, an audio graph. */
export class ProgramSource implements PushSource, TrackHost {
  readonly kind: MediaKind;
  readonly label: string;
  readonly device = undefined;
  readonly frameRate = undefined;
  readonly convertsPixels = false;
  readonly clock: Clock;
  readonly codecs: CodecService | undefined;
  readonly #tracks = new TrackList();
  readonly #filler: Filler;
  readonly #whenUnused: (() => void) | undefined;
  #shape: FillerShape | undefined;
  #muted = false;
  #ended = false;

  constructor(kind: MediaKind, label: string, options: ProgramSourceOptions) {
    const { clock, codecs, whenUnused } = options;
    this.kind = kind;
    this.label = label;
    this.clock = clock;
    this.codecs = codecs;
    this.#whenUnused = whenUnused;
    this.#filler = new Filler(clock, (frame) => this.#tracks.deliver(frame));
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** True while some track has a sink. */
  get wantsFrames(): boolean {
    return this.#tracks.wantsFrames;
  }

  /** True while some track is live. */
  get hasTracks(): boolean {
    return this.#tracks.all.length > 0;
  }

  /** The next frame will have this size. */
  protected resize(size: { readonly width: number; readonly height: number }): void {
    this.#tracks.follow(size);
  }

  push(frame: VideoFrame | AudioData): void {
    if (this.#ended || this.#muted) {
      frame.close();
      return;
    }
    this.#noticeShape(frame);
    this.#filler.follow(frame);
    this.#tracks.deliver(frame);
  }

  setMuted(muted: boolean): void {
    if (this.#ended || this.#muted === muted) return;
    this.#muted = muted;
    this.#tracks.setMuted(muted);
    this.demandChanged();
  }

  end(reason?: DeviceError): void {
    this.#ended = true;
    this.#filler.reset();
    this.#tracks.end(reason);
  }

  openTrack(settings: MediaTrackSettings): Track {
    const track = new SourceTrack(this, settings);
    if (this.#ended) track.stop();
    return track;
  }

  attach(track: SourceTrack): void {
    this.#tracks.add(track);
  }

  detach(track: SourceTrack): void {
    this.#tracks.remove(track);
    this.demandChanged();
    if (!this.#ended && !this.hasTracks) this.#whenUnused?.();
  }

  demandChanged(): void {
    const fills = this.#muted && !this.#ended && this.#tracks.wantsFrames;
    if (fills && this.#shape !== undefined) this.#filler.start(this.#shape);
    else this.#filler.stop();
  }

  /** There is no device to let go. */
  useChanged(): void {}

  /** All that there is was delivered as it was pushed. */
  catchUp(): void {}

  fit(settings: MediaTrackSettings): MediaTrackSettings {
    return settings;
  }

  processingOf(): undefined {
    return undefined;
  }

  /** Whatever is pushed is cropped, scaled and decimated by the tracks themselves. */
  async serve(track: SourceTrack, settings: MediaTrackSettings): Promise<void> {
    track.accept(settings);
  }

  openEncoder(): undefined {
    return undefined;
  }

  #noticeShape(frame: VideoFrame | AudioData): void {
    if (!(frame instanceof VideoFrame)) {
      const { sampleRate, numberOfChannels: channelCount } = frame;
      this.#shape = { kind: "audio", sampleRate, channelCount };
      return;
    }
    const { displayWidth: width, displayHeight: height } = frame;
    const shape = this.#shape;
    if (shape?.kind === "video" && shape.width === width && shape.height === height) return;
    this.#shape = { kind: "video", width, height, frameRate: FILLER_RATE };
    this.#tracks.follow({ width, height });
  }
}
