import { DeviceError } from "../../contract/device-error.ts";
import { type EncoderEvents, type EncoderSession } from "../../contract/encoder.ts";
import type { LostFrames } from "../../contract/session.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { BesideConfig, PictureView } from "../../media/encoding.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import { AudioView } from "./audio-view.ts";
import type {
  EncoderConfigOf,
  FrameCounts,
  Source,
  Track,
  TrackEvents,
  TrackSink,
} from "../contract.ts";
import { FrameCounter } from "./frame-counter.ts";
import { callSafely, Emitter } from "../emitter.ts";
import { TrackEncoders } from "./track-encoders.ts";
import type { TrackHost } from "./track-host.ts";
import { isSlowerThan, VideoView } from "./video-view.ts";

/** A track on any source. The source calls the methods below `on`. */
export class SourceTrack implements Track {
  readonly #host: TrackHost;
  readonly #events = new Emitter<TrackEvents>();
  readonly #video = new VideoView();
  readonly #audio = new AudioView();
  readonly #encoders: TrackEncoders;
  /** Replaced, never changed, so that a delivery under way is not disturbed. */
  #sinks: readonly TrackSink[] = [];
  #wanted: MediaTrackSettings;
  #settings: MediaTrackSettings = {};
  #processing: SoundProcessing | undefined;
  #enabled = true;
  #muted: boolean;
  #live = true;
  #released = false;
  #isObserved = false;
  readonly #counter: FrameCounter;

  constructor(host: TrackHost, wanted: MediaTrackSettings) {
    this.#host = host;
    this.#counter = new FrameCounter(host.clock);
    this.#encoders = new TrackEncoders({
      track: this,
      host,
      counter: this.#counter,
      changed: () => {
        this.#demandChanged();
        this.#endIfUnused();
      },
    });
    this.#muted = host.muted;
    this.#wanted = wanted;
    this.#settle();
    host.attach(this);
  }

  get source(): Source {
    return this.#host;
  }
  get kind(): "audio" | "video" {
    return this.#host.kind;
  }
  get readyState(): "live" | "ended" {
    return this.#live ? "live" : "ended";
  }
  get muted(): boolean {
    return this.#muted;
  }
  /** What was asked for; the source may not have all of it. */
  get wanted(): MediaTrackSettings {
    return this.#wanted;
  }
  get settings(): MediaTrackSettings {
    if (this.#live) this.#host.noticeChanges?.();
    return this.#settings;
  }
  get convertsPixels(): boolean {
    return this.#live && this.#host.convertsPixels;
  }
  /** What this track makes of the source's pictures. */
  get view(): PictureView {
    const { width, height, frameRate, resizeMode } = this.#settings;
    const isSlower = isSlowerThan(frameRate, this.#host.frameRate);
    return {
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      isScaled: resizeMode === "crop-and-scale",
      ...(isSlower && { frameRate }),
    };
  }
  /** What the source is to do to the sound before this track receives it. */
  get processing(): SoundProcessing | undefined {
    return this.#processing;
  }
  get counts(): FrameCounts {
    return this.#counter;
  }
  /** True while frames are taken, not only counted. */
  get isUsed(): boolean {
    return this.#sinks.length > 0 || this.#encoders.isUsed;
  }
  get wantsFrames(): boolean {
    // Pictures are counted as they come out of an encoder; they needn't travel for that.
    const isCounted = this.#isObserved && (this.kind === "audio" || this.#encoders.size === 0);
    return this.#sinks.length > 0 || isCounted;
  }

  get enabled(): boolean {
    return this.#enabled;
  }
  set enabled(enabled: boolean) {
    this.#enabled = enabled;
    this.#encoders.setEnabled(enabled);
    this.#host.useChanged();
  }

  observeCounts(): void {
    if (this.#isObserved || !this.#live) return;
    this.#isObserved = true;
    this.#demandChanged();
  }

  updateCounts(): void {
    if (this.#live) this.#host.catchUp();
  }

  async applySettings(settings: MediaTrackSettings): Promise<void> {
    if (this.#live) await this.#host.serve(this, settings);
  }

  connect(sink: TrackSink): () => void {
    // An entry of its own, since the same sink may be connected twice.
    const entry: TrackSink = {
      frame: (frame) => sink.frame(frame),
      lost: (count) => sink.lost?.(count),
      ended: (by) => sink.ended?.(by),
    };
    if (!this.#live) return () => undefined;
    this.#sinks = [...this.#sinks, entry];
    this.#demandChanged();
    return () => {
      this.#sinks = this.#sinks.filter((other) => other !== entry);
      this.#demandChanged();
      this.#endIfUnused();
    };
  }

  async openEncoder(
    config: BesideConfig | EncoderConfigOf,
    events: EncoderEvents,
  ): Promise<EncoderSession> {
    if (!this.#live) throw new DeviceError("failed", "This track has ended: nothing to encode.");
    return await this.#encoders.open(config, events);
  }

  clone(): Track {
    const clone = new SourceTrack(this.#host, this.#wanted);
    clone.enabled = this.#enabled;
    if (!this.#live) clone.stop();
    return clone;
  }

  stop(): void {
    if (this.#live) this.#finish("stop");
  }

  release(): void {
    this.#released = true;
    this.#endIfUnused();
  }

  on<Name extends keyof TrackEvents>(name: Name, listener: TrackEvents[Name]): () => void {
    return this.#events.on(name, listener);
  }

  /** Shows a frame of the source to the sinks. The frame stays the source's. */
  receive(frame: VideoFrame | AudioData): void {
    if (!this.wantsFrames) return;
    if (frame instanceof VideoFrame && !this.#video.takes(frame.timestamp)) {
      if (this.#enabled) this.#counter.discard();
      return;
    }
    const isTaken = this.#sinks.length === 0 || this.#show(frame);
    if (!this.#enabled) return;
    if (isTaken) this.#counter.deliver(frame);
    else this.#counter.drop(frame);
  }

  /** Frames of the source never come. */
  lose(lost: LostFrames): void {
    if (!this.wantsFrames) return;
    if (this.#enabled) this.#counter.lose(lost);
    for (const sink of this.#sinks) callSafely(() => sink.lost?.(lost.count));
  }

  /** True when a sink took the frame. */
  #show(frame: VideoFrame | AudioData): boolean {
    const sinks = this.#sinks;
    const view = this.#view(frame);
    // A resampler may want more before it gives something.
    if (view === undefined) return this.kind === "audio";
    // Cloned before any sink has it, since a sink may close it at once; the last has the original.
    const copies = sinks.map((_sink, index) => (index === 0 ? view : view.clone()));
    let isTaken = false;
    for (const [index, sink] of sinks.entries()) {
      const copy = copies[index];
      // A sink before it may have disconnected it, or stopped the track.
      if (!this.#sinks.includes(sink)) copy?.close();
      else
        callSafely(() => {
          if (copy && sink.frame(copy) !== false) isTaken = true;
        });
    }
    return isTaken;
  }

  setMuted(muted: boolean): void {
    if (this.#muted === muted) return;
    this.#muted = muted;
    this.#events.emit(muted ? "mute" : "unmute");
  }

  /** The source serves what was asked for with `applySettings()`. */
  accept(settings: MediaTrackSettings): void {
    this.#wanted = settings;
    this.#settle();
  }

  /** The source runs in another way. */
  resettle(): void {
    const before = this.#settings;
    this.#settle();
    const { isDeepStrictEqual } = process.getBuiltinModule("node:util");
    if (!isDeepStrictEqual(before, this.#settings)) this.#events.emit("settings");
  }

  /** The source's pictures changed their size: unless it scales, so do this track's. */
  follow({ width, height }: { readonly width: number; readonly height: number }): void {
    if (this.#wanted.resizeMode === "crop-and-scale") return;
    this.#wanted = { ...this.#wanted, width, height, aspectRatio: width / height };
    this.resettle();
  }

  /** The source has ended. */
  end(reason: DeviceError | undefined): void {
    if (!this.#live) return;
    this.#finish("source");
    this.#events.emit("ended", reason);
  }

  #endIfUnused(): void {
    if (this.#released && !this.isUsed) this.end(undefined);
  }

  #demandChanged(): void {
    this.#counter.setShown(this.wantsFrames);
    this.#host.demandChanged();
  }

  #settle(): void {
    this.#settings = this.#host.fit(this.#wanted);
    this.#processing = this.#host.processingOf(this.#settings);
    this.#encoders.settle();
    if (this.kind === "video") this.#video.configure(this.#settings, this.#host.frameRate);
    else this.#audio.configure(this.#settings);
  }

  #view(frame: VideoFrame | AudioData): VideoFrame | AudioData | undefined {
    try {
      return frame instanceof VideoFrame
        ? this.#video.view(frame, this.#enabled)
        : this.#audio.view(frame, this.#enabled);
    } catch (error) {
      callSafely(() => {
        throw error;
      });
      return undefined;
    }
  }

  #finish(by: "stop" | "source"): void {
    this.#live = false;
    const sinks = this.#sinks;
    this.#sinks = [];
    this.#host.detach(this, this.#encoders.drain());
    for (const sink of sinks) callSafely(() => sink.ended?.(by));
  }
}
