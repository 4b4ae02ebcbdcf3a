import type { DeviceError } from "../../contract/device-error.ts";
import type { PlaybackConfiguration, PlaybackSession } from "../../contract/output.ts";
import type { AheadSound, SoundShape, Track } from "../../engine/contract.ts";
import { AudioData } from "../../media/audio-data.ts";
import { soundBytes, type SoundBytes } from "./sound-bytes.ts";

/** Opens an output for sound of a shape. */
export type OpenOutput = (configuration: PlaybackConfiguration) => Promise<PlaybackSession>;

export interface TrackOutputParts {
  readonly open: OpenOutput;
  /** 1 leaves the sound as it is, 0 is silence. */
  readonly gain: () => number;
  /** The track has ended, and all of it was heard. */
  ended?(): void;
  /** The output can't be opened, or is gone; nothing more is played. */
  failed(reason: unknown): void;
}

/** Seconds that an output holds of a track that gives sound as it is made. */
const LIVE_LEAD = 0.06;
/** Seconds that it holds where the sound is there before its time. */
const AHEAD_LEAD = 0.45;
/** Seconds of a live track's sound that wait for the output at most: beyond, the oldest is dropped. */
const MOST_WAITING = 0.15;

/** Plays an audio track on an output, until it is closed or the track ends. */
export class TrackOutput {
  readonly #track: Track;
  readonly #parts: TrackOutputParts;
  readonly #disconnect: () => void;
  readonly #ahead: AheadSound | undefined;
  #session: PlaybackSession | undefined;
  #opening: Promise<void> | undefined;
  /** Sound that came while the output was being opened. */
  #early: AudioData[] = [];
  #isClosed = false;

  constructor(track: Track, parts: TrackOutputParts) {
    this.#track = track;
    this.#parts = parts;
    const { ahead } = track.source;
    this.#ahead = ahead;
    const stopAhead = ahead?.listen({
      sound: (data) => this.#take(data),
      restarted: () => this.restart(),
    });
    const disconnect = track.connect({
      frame: (frame) => {
        if (frame instanceof AudioData && ahead === undefined) this.#take(frame);
        else frame.close();
      },
      ended: () => void this.#finish(),
    });
    this.#disconnect = () => {
      stopAhead?.();
      disconnect();
    };
    if (ahead !== undefined) {
      this.restart();
      // Open before there is sound, so that the first is heard at once.
      this.#opening ??= this.#openFor(ahead.shape);
    }
  }

  /** Drops what waits; sound that is there before its time begins anew, from where it is. */
  restart(): void {
    this.#session?.clear();
    for (const data of this.#early.splice(0)) data.close();
    if (this.#isClosed) return;
    for (const data of this.#ahead?.waiting() ?? []) this.#take(data);
  }

  /** Stops at once. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#disconnect();
    for (const data of this.#early.splice(0)) data.close();
    await this.#opening;
    await this.#session?.close();
  }

  /** The track has ended: what was written is heard to its end. */
  async #finish(): Promise<void> {
    await this.#opening;
    await this.#session?.drained();
    if (this.#isClosed) return;
    await this.close();
    this.#parts.ended?.();
  }

  /** Takes the data over. */
  #take(data: AudioData): void {
    if (this.#isClosed) {
      data.close();
      return;
    }
    const session = this.#session;
    if (session === undefined || !fits(session, data)) {
      this.#early.push(data);
      this.#opening ??= this.#openFor(shapeOf(data));
      return;
    }
    this.#write(session, data);
  }

  #write(session: PlaybackSession, data: AudioData): void {
    const gain = this.#track.enabled ? this.#parts.gain() : 0;
    const sound = soundBytes(data, gain);
    data.close();
    if (
      this.#ahead === undefined &&
      session.waiting > MOST_WAITING * session.configuration.sampleRate
    ) {
      // The output's clock is slower than the track's: what is heard stays the present.
      session.clear();
    }
    session.write(asTaken(sound, session.configuration.format));
  }

  async #openFor(shape: SoundShape): Promise<void> {
    const lead = this.#ahead === undefined ? LIVE_LEAD : AHEAD_LEAD;
    try {
      await this.#session?.drained();
      await this.#session?.close();
      this.#session = undefined;
      const session = await this.#parts.open({ ...shape, lead });
      if (this.#isClosed) {
        await session.close();
        return;
      }
      this.#session = session;
      this.#opening = undefined;
      session.start({ ended: (reason: DeviceError) => this.#fail(reason) });
      const early = this.#early.splice(0);
      for (const piece of early.splice(0, early.length - this.#keptEarly(early))) piece.close();
      for (const piece of early) this.#take(piece);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** How many of the newest pieces are played, of those that came before the output was open. */
  #keptEarly(early: readonly AudioData[]): number {
    if (this.#ahead !== undefined) return early.length;
    let seconds = 0;
    const first = early.findLastIndex(({ duration }) => (seconds += duration / 1e6) > LIVE_LEAD);
    return early.length - 1 - first;
  }

  #fail(reason: unknown): void {
    if (this.#isClosed) return;
    this.#session = undefined;
    void this.close();
    this.#parts.failed(reason);
  }
}

function shapeOf({ format, numberOfChannels, sampleRate }: AudioData): SoundShape {
  const isS16 = format?.startsWith("s16") === true;
  return { sampleRate, channelCount: numberOfChannels, format: isS16 ? "s16" : "f32" };
}

function fits({ configuration }: PlaybackSession, data: AudioData): boolean {
  return (
    configuration.sampleRate === data.sampleRate &&
    configuration.channelCount === data.numberOfChannels
  );
}

/** A track whose samples change their type goes on in that of its first. */
function asTaken({ bytes, format }: SoundBytes, wanted: "s16" | "f32"): Uint8Array {
  if (format === wanted) return bytes;
  if (wanted === "f32") {
    const samples = new Int16Array(bytes.buffer);
    return new Uint8Array(Float32Array.from(samples, (sample) => sample / 32_768).buffer);
  }
  const samples = new Float32Array(bytes.buffer);
  const scaled = Int16Array.from(samples, (sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
  );
  return new Uint8Array(scaled.buffer);
}
