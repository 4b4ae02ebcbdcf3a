import { type Backend, type DeviceConfiguration, isSound } from "../../contract/device.ts";
import { type CodecService, type EncoderEvents } from "../../contract/encoder.ts";
import { DeviceError } from "../../contract/device-error.ts";
import { StallWatch } from "../../contract/stall-watch.ts";
import type { MediaTrackSettings } from "../../constraints/types.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { BesideConfig } from "../../media/encoding.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import { VideoFrame } from "../../media/video-frame.ts";
import type { Clock, Device, EngineOptions, MediaKind, Track } from "../contract.ts";
import { Drain } from "./drain.ts";
import { Filler, fillerShape } from "./filler.ts";
import { HeldSession } from "./held-session.ts";
import { IdleDevice } from "./idle-device.ts";
import { Mutex } from "../mutex.ts";
import { PictureSize } from "./picture-size.ts";
import { ProcessedSound } from "./processed-sound.ts";
import { processingOf } from "./serve-audio.ts";
import { fitSettings, isSameConfiguration, serveTracks } from "./serve-tracks.ts";
import { SessionEncoders } from "./session-encoders.ts";
import { SourceTrack } from "../track/source-track.ts";
import type { HostedEncoder, TrackHost } from "../track/track-host.ts";
import { TrackList } from "./track-list.ts";

/**
 * A device and its tracks. The session is opened for the first track and closed after the last;
 * opening, reconfiguring and closing happen one after another. While all tracks are disabled it is
 * closed too, and tracks show black and silence at the pace that it had.
 *
 * Deviates: an encoder in the capture process, or a device that muted itself, keeps the session
 * open: only the session reports the end of such a mute.
 */
export class DeviceSource implements TrackHost {
  readonly kind: MediaKind;
  readonly clock: Clock;
  readonly codecs: CodecService | undefined;
  /** As it was last listed: its label or modes may have changed since. */
  device: Device;
  readonly #held: HeldSession;
  readonly #tracks = new TrackList();
  readonly #mutex = new Mutex();
  readonly #stalls: StallWatch;
  readonly #filler: Filler;
  readonly #idle: IdleDevice;
  readonly #drain: Drain;
  readonly #size = new PictureSize();
  readonly #encoders = new SessionEncoders(() => this.useChanged());
  readonly #sound = new ProcessedSound();
  #framesWanted = false;

  constructor(device: Device, backend: Backend, { clock, codecs }: EngineOptions) {
    this.device = device;
    this.kind = isSound(device.description) ? "audio" : "video";
    this.clock = clock;
    this.codecs = codecs;
    this.#held = new HeldSession(backend, {
      frame: (frame, configuration) => this.#onFrame(frame, configuration),
      lost: (lost) => this.#tracks.lose(lost),
      mutedChanged: () => this.#muteChanged(),
      ended: (reason) => {
        this.#forget();
        this.#tracks.end(reason);
      },
    });
    this.#filler = new Filler(clock, (frame) => this.#tracks.deliver(frame));
    this.#drain = new Drain(clock);
    this.#idle = new IdleDevice(clock, () => {
      void this.#mutex.run(() => this.#relinquish());
    });
    this.#stalls = new StallWatch(clock, () => this.#muteChanged());
  }

  get label(): string {
    return this.device.description.label;
  }

  get muted(): boolean {
    return this.#held.muted || this.#stalls.isStalled;
  }

  get convertsPixels(): boolean {
    return this.#held.session?.convertsPixels === true;
  }

  get frameRate(): number | undefined {
    const { configuration } = this.#held;
    return configuration?.kind === "video" ? configuration.mode.frameRate : undefined;
  }

  /** @throws DeviceError */
  openTrack(settings: MediaTrackSettings): Promise<Track> {
    return this.#mutex.run(async () => {
      await this.#run(settings, undefined);
      if (this.#held.session === undefined) {
        throw new DeviceError("not-found", `${this.label} went away while it was being opened.`);
      }
      const track = new SourceTrack(this, settings);
      this.useChanged();
      return track;
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
    const { configuration } = this.#held;
    return configuration === undefined ? settings : fitSettings(settings, configuration);
  }

  processingOf(settings: MediaTrackSettings): SoundProcessing | undefined {
    const { configuration } = this.#held;
    return configuration?.kind === "audio" ? processingOf(settings, configuration) : undefined;
  }

  attach(track: SourceTrack): void {
    this.#tracks.add(track);
  }

  detach(track: SourceTrack, drained: Promise<void>): void {
    this.#tracks.remove(track);
    this.demandChanged();
    this.useChanged();
    this.#drain.add(drained);
    void this.#mutex.run(() => this.#closeIfIdle());
  }

  demandChanged(): void {
    const wanted = this.#tracks.wantsFrames;
    if (wanted === this.#framesWanted || this.#held.configuration === undefined) return;
    this.#framesWanted = wanted;
    this.#held.session?.wantFrames(wanted);
    if (wanted && this.#held.session !== undefined) this.#expectFrames();
    else this.#stalls.stop();
    this.#fill();
  }

  catchUp(): void {
    if (!this.#tracks.all.some((track) => track.isUsed)) this.#held.session?.catchUp?.();
  }

  openEncoder(config: BesideConfig, events: EncoderEvents): Promise<HostedEncoder> | undefined {
    const opening = this.#held.session?.openEncoder?.(config, events);
    return opening && this.#encoders.add(opening);
  }

  useChanged(): void {
    this.#idle.setIdle(this.#isIdle);
    if (this.#tracks.isShown && this.#held.isRelinquished) {
      void this.#mutex.run(() => this.#reacquire());
    }
  }

  /** Ends every track; resolves when the device is released. */
  async close(): Promise<void> {
    await this.#mutex.run(async () => {
      this.#tracks.end(undefined);
    });
    await this.#mutex.run(() => this.#closeIfIdle());
  }

  /** Whether the device runs though nothing of it is shown. A screen has no light to go out. */
  get #isIdle(): boolean {
    const hasTracks = this.#tracks.all.length > 0 && this.#held.session !== undefined;
    const isShown = this.#tracks.isShown || this.device.description.kind === "display";
    return hasTracks && !isShown && !this.muted && this.#encoders.isEmpty;
  }

  async #relinquish(): Promise<void> {
    if (!this.#isIdle) return;
    const released = this.#held.relinquish();
    this.#stalls.reset();
    this.#fill();
    await released;
  }

  async #reacquire(): Promise<void> {
    const { configuration, isRelinquished } = this.#held;
    if (configuration === undefined || !isRelinquished || !this.#tracks.isShown) return;
    try {
      await this.#open(configuration);
    } catch (error) {
      const { code, message } =
        error instanceof DeviceError ? error : new DeviceError("failed", String(error));
      const why = `${this.label} was let go while it was disabled, and can't be had again: ${message}`;
      this.#forget();
      this.#tracks.end(new DeviceError(code, why, { cause: error }));
    }
  }

  /** Opens or reconfigures the session so that it serves `asked` besides the other tracks. */
  async #run(asked: MediaTrackSettings, track: SourceTrack | undefined): Promise<void> {
    const others = this.#tracks.all.filter((other) => other !== track);
    const { session } = this.#held;
    // Whether or not the device does some of it itself.
    if (asked.noiseSuppression === true || asked.autoGainControl === true) {
      await this.#sound.prepare();
    }
    const configuration = serveTracks(this.device.description, this.#held.configuration, {
      asked,
      isChange: track !== undefined,
      others: others.map(({ wanted }) => wanted),
    });
    if (session === undefined && track !== undefined && !this.#tracks.isShown) {
      this.#held.postpone(configuration);
      this.#settle();
    } else if (session === undefined) {
      await this.#open(configuration);
    } else if (!isSameConfiguration(session.configuration, configuration)) {
      await session.reconfigure(configuration);
      this.#settle();
    }
  }

  async #open(configuration: DeviceConfiguration): Promise<void> {
    const isAgain = this.#held.isRelinquished;
    await this.#held.open(this.device.description.hardwareId, configuration);
    if (!isAgain || this.#held.session === undefined) return;
    this.#held.session.wantFrames(this.#framesWanted);
    this.#settle();
    this.useChanged();
  }

  /** The device runs in another way than before, or not at all. */
  #settle(): void {
    this.#tracks.resettle();
    if (this.#framesWanted && this.#held.session !== undefined) this.#expectFrames();
    this.#fill();
  }

  #expectFrames(): void {
    // A screen may stand still for as long as it likes.
    if (this.device.description.kind !== "display") this.#stalls.watch(this.frameRate);
  }

  #onFrame(frame: VideoFrame | AudioData, configuration: DeviceConfiguration): void {
    this.#stalls.feed();
    if (!this.#filler.follow(frame)) {
      frame.close();
      return;
    }
    if (frame instanceof VideoFrame) {
      const size = this.#size.notice(configuration, frame);
      if (size !== undefined) this.#tracks.follow(size);
      this.#tracks.deliver(frame);
    } else {
      this.#sound.deliver(frame, this.#tracks.all);
      frame.close();
    }
  }

  async #closeIfIdle(): Promise<void> {
    const { session } = this.#held;
    if (this.#tracks.all.length > 0) return;
    if (session !== undefined) await this.#drain.settled();
    this.#forget();
    // A device that fails to close is gone as far as its user is concerned.
    await session?.close().catch(() => undefined);
  }

  #forget(): void {
    this.#held.forget();
    this.#encoders.clear();
    this.#idle.stop();
    this.#framesWanted = false;
    this.#size.clear();
    this.#drain.clear();
    this.#stalls.reset();
    this.#filler.reset();
    this.#sound.clear();
  }

  #muteChanged(): void {
    this.#tracks.setMuted(this.muted);
    this.#fill();
    this.useChanged();
  }

  #fill(): void {
    const { configuration } = this.#held;
    const isSilent = this.muted || this.#held.isRelinquished;
    if (!this.#framesWanted) this.#filler.reset();
    else if (isSilent && configuration !== undefined) {
      this.#filler.start(fillerShape(configuration));
    } else this.#filler.stop();
  }
}
