import type { MediaFile } from "../../contract/media-file.ts";
import type { OutputDevice } from "../../engine/contract.ts";
import { systemClock } from "../../engine/clock/system-clock.ts";
import { FileOutput } from "../../sinks/output/file-output.ts";
import type { OpenOutput } from "../../sinks/output/track-output.ts";
import { domExceptionOf } from "../realm/dom-exception-of.ts";
import type { Realm } from "../realm/realm.ts";
import type { MediaStream } from "../stream/media-stream.ts";
import { MediaError } from "./media-error.ts";
import { findOutput, type Playback } from "./playback.ts";
import { PlaybackPosition } from "./playback-position.ts";
import { PlayPromises } from "./play-promises.ts";
import { openSource } from "./open-source.ts";
import { StreamOutput } from "./stream-output.ts";

/** The slowest and the fastest rate that outputs take. */
const RATES = { min: 0.0625, max: 16 };

/**
 * The state of an {@link Audio}, and what it plays now.
 * @see https://html.spec.whatwg.org/multipage/media.html
 */
export class AudioElement {
  srcObject: MediaStream | null = null;
  src = "";
  paused = true;
  ended = false;
  error: MediaError | null = null;
  duration = Number.NaN;
  volume = 1;
  muted = false;
  loop = false;
  playbackRate = 1;
  sinkId = "";

  /** What its events are fired at. */
  target: EventTarget | undefined;
  readonly #realm: Realm;
  readonly #promises: PlayPromises;
  readonly #position: PlaybackPosition;
  #output: OutputDevice | undefined;
  #playing: StreamOutput | FileOutput | undefined;
  /** What {@link src} names, while it is loaded. */
  #file: MediaFile | undefined;
  #loading: Promise<void> | undefined;
  /** Raised when what was begun isn't wanted any more. */
  #generation = 0;

  constructor(realm: Realm) {
    this.#realm = realm;
    this.#promises = new PlayPromises(realm);
    this.#position = new PlaybackPosition(realm.clock ?? systemClock, () =>
      this.#queue("timeupdate"),
    );
  }

  get currentTime(): number {
    this.#position.advance();
    const { seconds } = this.#position;
    return this.loop && this.duration > 0 ? seconds % this.duration : seconds;
  }

  setStream(stream: MediaStream | null): void {
    this.srcObject = stream;
    this.load();
  }

  setSource(address: string): void {
    this.src = address;
    if (this.srcObject === null) this.load();
  }

  load(): void {
    const hadSource = this.#generation > 0;
    this.#generation += 1;
    this.#promises.abortAll("a new load request");
    this.#stop();
    void this.#closeFile();
    this.#position.setLimit(Infinity);
    this.#position.moveTo(0);
    this.#loading = undefined;
    this.paused = true;
    this.ended = false;
    this.error = null;
    this.duration = Number.NaN;
    if (hadSource) this.#queue("emptied");
    if (this.srcObject === null && this.src === "") return;
    this.#queue("loadstart");
    this.#loading =
      this.srcObject === null ? this.#loadFile(this.#generation) : this.#announce(Infinity);
    this.#loading.catch(() => undefined);
  }

  play(): Promise<void> {
    if (this.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) {
      return this.#realm.Promise.reject(this.#notSupported());
    }
    const promise = this.#promises.create();
    if (!this.paused) {
      if (this.#playing) this.#promises.resolveAll();
      return promise;
    }
    this.error = null;
    this.paused = false;
    if (this.ended) this.#position.moveTo(0);
    this.ended = false;
    this.#queue("play");
    void this.#start(this.#generation);
    return promise;
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.#stop();
    this.#queue("timeupdate");
    this.#queue("pause");
    this.#promises.abortAll("a call of pause()");
  }

  seek(seconds: number): void {
    if (this.srcObject !== null) return;
    const limit = this.duration > 0 ? this.duration : Infinity;
    this.#position.moveTo(Math.min(Math.max(0, seconds), limit) * 1e6);
    this.ended = false;
    this.#queue("seeking");
    this.#restart();
    this.#queue("timeupdate");
    this.#queue("seeked");
  }

  setVolume(volume: number): void {
    if (!(volume >= 0 && volume <= 1)) {
      throw new this.#realm.DOMException(`volume is ${volume}; give 0 to 1.`, "IndexSizeError");
    }
    if (volume === this.volume) return;
    this.volume = volume;
    this.#gainChanged();
  }

  setMuted(muted: boolean): void {
    if (muted === this.muted) return;
    this.muted = muted;
    this.#gainChanged();
  }

  setRate(rate: number): void {
    if (!(rate >= RATES.min && rate <= RATES.max)) {
      throw new this.#realm.DOMException(
        `playbackRate is ${rate}; give ${RATES.min} to ${RATES.max}.`,
        "NotSupportedError",
      );
    }
    if (rate === this.playbackRate) return;
    this.playbackRate = rate;
    this.#queue("ratechange");
    if (this.srcObject === null) this.#restart();
  }

  async setSinkId(sinkId: string): Promise<void> {
    if (sinkId === this.sinkId) return;
    const output = await findOutput(this.#playback, sinkId);
    this.#output = output;
    this.sinkId = sinkId;
    this.#restart();
  }

  get #playback(): Playback {
    const playback = this.#realm.playback?.();
    if (playback !== undefined) return playback;
    throw new this.#realm.DOMException("Nothing is played in this realm.", "NotSupportedError");
  }

  readonly #open: OpenOutput = (configuration) =>
    this.#playback.outputs.openOutput(this.#output, configuration);

  readonly #gain = (): number => (this.muted ? 0 : this.volume);

  #gainChanged(): void {
    this.#queue("volumechange");
    if (this.#playing instanceof StreamOutput) this.#playing.gainChanged();
  }

  async #loadFile(generation: number): Promise<void> {
    try {
      const file = await openSource(this.#playback.files, this.src);
      if (generation !== this.#generation) return await file.close();
      this.#file = file;
      if (file.audio === undefined) throw new Error(`${this.src} holds no sound`);
      await this.#announce(file.durationUs / 1e6);
      this.#position.setLimit(this.loop ? Infinity : file.durationUs || Infinity);
    } catch (error) {
      if (generation === this.#generation) {
        this.#fail(MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED, error);
      }
      throw error;
    }
  }

  async #announce(duration: number): Promise<void> {
    this.duration = duration;
    const events = ["durationchange", "loadedmetadata", "loadeddata", "canplay", "canplaythrough"];
    for (const type of events) this.#queue(type);
  }

  async #start(generation: number): Promise<void> {
    try {
      this.#loading ??= this.srcObject || this.src === "" ? undefined : this.#loadFile(generation);
      await this.#loading;
    } catch {
      // Loading has said what failed.
      return;
    }
    if (generation !== this.#generation || this.paused || this.#playing) return;
    const { srcObject } = this;
    if (srcObject === null && this.#file === undefined) return;
    this.#begin();
    this.#position.setRunning(true, srcObject ? 1 : this.playbackRate);
    this.#realm.queueTask(() => {
      if (generation !== this.#generation || this.paused) return;
      this.#fire("playing");
      this.#promises.resolveAll();
    });
  }

  #begin(): void {
    const failed = (reason: unknown): void => this.#fail(MediaError.MEDIA_ERR_DECODE, reason);
    const parts = { open: this.#open, gain: this.#gain, failed, ended: () => this.#reachEnd() };
    const file = this.#file;
    if (this.srcObject !== null) this.#playing = new StreamOutput(this.srcObject, parts);
    else if (file !== undefined) {
      this.#position.setLimit(this.loop ? Infinity : file.durationUs || Infinity);
      this.#playing = new FileOutput(file, this.currentTime * 1e6, {
        ...parts,
        rate: () => this.playbackRate,
        loops: () => this.loop,
      });
    }
  }

  /** Plays on from where it is, in another way. */
  #restart(): void {
    if (this.paused || this.#playing === undefined) return;
    void this.#playing.close();
    this.#playing = undefined;
    void this.#start(this.#generation);
  }

  #stop(): void {
    this.#position.setRunning(false);
    void this.#playing?.close();
    this.#playing = undefined;
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  #reachEnd(): void {
    this.#stop();
    this.ended = true;
    this.paused = true;
    if (this.srcObject === null) {
      if (this.duration > 0) this.#position.moveTo(this.duration * 1e6);
      // An open file keeps its process; a program may end with what it played.
      void this.#closeFile();
      this.#loading = undefined;
    } else {
      this.duration = this.currentTime;
      this.#queue("durationchange");
    }
    this.#queue("timeupdate");
    this.#queue("pause");
    this.#queue("ended");
    this.#promises.abortAll("the end of the media");
  }

  #fail(code: MediaError["code"], reason: unknown): void {
    const message = reason instanceof Error ? reason.message : String(reason);
    this.#stop();
    void this.#closeFile();
    this.#loading = undefined;
    this.paused = true;
    this.error = new MediaError(code, message);
    this.#realm.queueTask(() => {
      const { target } = this;
      if (target) this.#realm.warnOfUnheard?.(target, "error", `An Audio has stopped: ${message}`);
      this.#fire("error");
    });
    const isUnsupported = code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
    this.#promises.rejectAll(() =>
      isUnsupported ? this.#notSupported() : domExceptionOf(this.#realm, reason),
    );
  }

  #notSupported(): DOMException {
    const message = `What this is to play can't be played: ${this.error?.message}`;
    return new this.#realm.DOMException(message, "NotSupportedError");
  }

  #queue(type: string): void {
    this.#realm.queueTask(() => this.#fire(type));
  }

  #fire(type: string): void {
    if (this.target) this.#realm.fireEvent(this.target, new this.#realm.Event(type));
  }
}
