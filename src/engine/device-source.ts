import {
  type Backend,
  type CodecService,
  type DeviceConfiguration,
  DeviceError,
  type DeviceSession,
  type EncoderEvents,
  type EncoderSession,
} from "../backends/contract.ts";
import type { MediaTrackSettings } from "../constraints/types.ts";
import type { AudioData } from "../media/audio-data.ts";
import type { EncoderConfig } from "../media/encoding.ts";
import { VideoFrame } from "../media/video-frame.ts";
import type { Clock, Device, EngineOptions, MediaKind, Track } from "./contract.ts";
import { Filler, type FillerShape } from "./filler.ts";
import { Mutex } from "./mutex.ts";
import { fitSettings, isSameConfiguration, serveTracks } from "./serve-tracks.ts";
import { SourceTrack } from "./source-track.ts";
import type { TrackHost } from "./track-host.ts";
import { TrackList } from "./track-list.ts";
import { Watchdog } from "./watchdog.ts";

/** An encoder that hasn't come to its end by then is cut off, so that the device is released. */
const DRAIN_TIMEOUT_MS = 3000;

/**
 * A device and its tracks. The session is opened for the first track and closed after the last;
 * opening, reconfiguring and closing happen one after another.
 */
export class DeviceSource implements TrackHost {
  readonly kind: MediaKind;
  readonly clock: Clock;
  readonly codecs: CodecService | undefined;
  /** As it was last listed: its label or modes may have changed since. */
  device: Device;
  readonly #backend: Backend;
  readonly #tracks = new TrackList();
  readonly #mutex = new Mutex();
  readonly #watchdog: Watchdog;
  readonly #filler: Filler;
  #session: DeviceSession | undefined;
  #size: { readonly width: number; readonly height: number } | undefined;
  /** Resolves when the encoders of all stopped tracks have come to their end. */
  #drained: Promise<unknown> = Promise.resolve();
  #framesWanted = false;
  #sessionMuted = false;
  #stalled = false;

  constructor(device: Device, backend: Backend, { clock, codecs }: EngineOptions) {
    this.device = device;
    this.kind = device.description.kind === "audioinput" ? "audio" : "video";
    this.clock = clock;
    this.codecs = codecs;
    this.#backend = backend;
    this.#filler = new Filler(clock, (frame) => this.#tracks.deliver(frame));
    this.#watchdog = new Watchdog(clock, (stalled) => {
      this.#stalled = stalled;
      this.#muteChanged();
    });
  }

  get label(): string {
    return this.device.description.label;
  }

  get muted(): boolean {
    return this.#sessionMuted || this.#stalled;
  }

  get frameRate(): number | undefined {
    const configuration = this.#session?.configuration;
    return configuration?.kind === "video" ? configuration.mode.frameRate : undefined;
  }

  /** @throws DeviceError */
  openTrack(settings: MediaTrackSettings): Promise<Track> {
    return this.#mutex.run(async () => {
      await this.#run(settings, undefined);
      if (this.#session === undefined) {
        throw new DeviceError("not-found", `${this.label} went away while it was being opened.`);
      }
      return new SourceTrack(this, settings);
    });
  }

  serve(track: SourceTrack, settings: MediaTrackSettings): Promise<void> {
    return this.#mutex.run(async () => {
      if (track.readyState === "ended") return;
      await this.#run(settings, track);
      track.accept(settings);
    });
  }

  fit(settings: MediaTrackSettings): MediaTrackSettings {
    return this.#session === undefined
      ? settings
      : fitSettings(settings, this.#session.configuration);
  }

  attach(track: SourceTrack): void {
    this.#tracks.add(track);
  }

  detach(track: SourceTrack, drained: Promise<void>): void {
    this.#tracks.remove(track);
    this.demandChanged();
    this.#drained = Promise.all([this.#drained, drained]);
    void this.#mutex.run(() => this.#closeIfIdle());
  }

  demandChanged(): void {
    const wanted = this.#tracks.wantsFrames;
    if (wanted === this.#framesWanted || this.#session === undefined) return;
    this.#framesWanted = wanted;
    this.#session.wantFrames(wanted);
    if (wanted) this.#expectFrames();
    else this.#watchdog.stop();
    this.#fill();
  }

  openEncoder(config: EncoderConfig, events: EncoderEvents): Promise<EncoderSession> | undefined {
    return this.#session?.openEncoder?.(config, events);
  }

  /** Ends every track; resolves when the device is released. */
  async close(): Promise<void> {
    await this.#mutex.run(async () => {
      this.#tracks.end(undefined);
    });
    await this.#mutex.run(() => this.#closeIfIdle());
  }

  /** Opens or reconfigures the session so that it serves `asked` besides the other tracks. */
  async #run(asked: MediaTrackSettings, track: SourceTrack | undefined): Promise<void> {
    const others = this.#tracks.all.filter((other) => other !== track);
    const session = this.#session;
    const configuration = serveTracks(this.device.description, session?.configuration, {
      asked,
      isChange: track !== undefined,
      others: others.map(({ wanted }) => wanted),
    });
    if (session === undefined) {
      await this.#open(configuration);
    } else if (!isSameConfiguration(session.configuration, configuration)) {
      await session.reconfigure(configuration);
      this.#tracks.resettle();
      if (this.#framesWanted) this.#expectFrames();
      this.#fill();
    }
  }

  async #open(configuration: DeviceConfiguration): Promise<void> {
    const session = await this.#backend.open(this.device.description.hardwareId, configuration);
    this.#session = session;
    session.start({
      frame: (frame) => this.#onFrame(session, frame),
      muted: (muted) => {
        if (this.#session !== session) return;
        this.#sessionMuted = muted;
        this.#muteChanged();
      },
      ended: (reason) => this.#onEnded(session, reason),
    });
  }

  #expectFrames(): void {
    // A screen may stand still for as long as it likes.
    if (this.device.description.kind !== "display") this.#watchdog.watch(this.frameRate);
  }

  #onFrame(session: DeviceSession, frame: VideoFrame | AudioData): void {
    if (this.#session !== session) {
      frame.close();
      return;
    }
    this.#watchdog.feed();
    if (frame instanceof VideoFrame) this.#noticeSize(session, frame);
    this.#tracks.deliver(frame);
  }

  /** Sizes that are neither the last nor the mode's are the device's own doing: a window resized. */
  #noticeSize({ configuration }: DeviceSession, frame: VideoFrame): void {
    const { displayWidth: width, displayHeight: height } = frame;
    if (this.#size?.width === width && this.#size.height === height) return;
    this.#size = { width, height };
    if (configuration.kind !== "video") return;
    const { mode } = configuration;
    if (mode.width !== width || mode.height !== height) this.#tracks.follow(this.#size);
  }

  #onEnded(session: DeviceSession, reason: DeviceError): void {
    if (this.#session !== session) return;
    this.#forget();
    this.#tracks.end(reason);
  }

  async #closeIfIdle(): Promise<void> {
    const session = this.#session;
    if (session === undefined || this.#tracks.all.length > 0) return;
    await this.#untilDrained();
    this.#forget();
    // A device that fails to close is gone as far as its user is concerned.
    await session.close().catch(() => undefined);
  }

  #forget(): void {
    this.#session = undefined;
    this.#framesWanted = false;
    this.#sessionMuted = false;
    this.#stalled = false;
    this.#size = undefined;
    this.#drained = Promise.resolve();
    this.#watchdog.reset();
    this.#filler.stop();
  }

  #muteChanged(): void {
    this.#tracks.setMuted(this.muted);
    this.#fill();
  }

  #fill(): void {
    const shape = this.#fillerShape();
    if (this.muted && this.#framesWanted && shape !== undefined) this.#filler.start(shape);
    else this.#filler.stop();
  }

  #fillerShape(): FillerShape | undefined {
    const configuration = this.#session?.configuration;
    if (configuration?.kind === "video") return { kind: "video", ...configuration.mode };
    if (configuration?.kind === "audio") return { kind: "audio", ...configuration.mode };
    return undefined;
  }

  async #untilDrained(): Promise<void> {
    let cancel: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.clock.setTimeout(resolve, DRAIN_TIMEOUT_MS);
    });
    await Promise.race([this.#drained, late]);
    cancel?.();
  }
}
