import type { MediaFile } from "../../contract/media-file.ts";
import type { PlaybackSession } from "../../contract/output.ts";
import { AudioData } from "../../media/audio-data.ts";
import { soundBytes } from "./sound-bytes.ts";
import type { OpenOutput } from "./track-output.ts";

export interface FileOutputParts {
  readonly open: OpenOutput;
  readonly gain: () => number;
  /** How fast it plays: the pitch goes with it. */
  readonly rate: () => number;
  /** Whether it begins anew at its end. */
  readonly loops: () => boolean;
  /** All of it was heard. */
  ended(): void;
  failed(reason: unknown): void;
}

/** Seconds that the output holds. */
const LEAD = 0.2;
/** Pieces of sound that are read at once. */
const PIECES = 8;

/** Plays the sound of a file from a moment on, until its end or until it is closed. */
export class FileOutput {
  readonly #file: MediaFile;
  readonly #parts: FileOutputParts;
  #session: PlaybackSession | undefined;
  #isClosed = false;
  #wake: () => void = () => undefined;

  /** @param startUs - where in the file it begins */
  constructor(file: MediaFile, startUs: number, parts: FileOutputParts) {
    this.#file = file;
    this.#parts = parts;
    this.#run(startUs).catch((error: unknown) => {
      if (this.#isClosed) return;
      void this.close();
      parts.failed(error);
    });
  }

  /** Stops at once; the file stays open. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    await this.#session?.close();
  }

  async #run(startUs: number): Promise<void> {
    await this.#file.seek(startUs);
    while (!this.#isClosed) {
      const pieces = await this.#file.read("audio", PIECES);
      for (const piece of pieces) {
        try {
          if (piece instanceof AudioData && !this.#isClosed) await this.#write(piece);
        } finally {
          piece.close();
        }
      }
      if (pieces.length === PIECES) continue;
      if (this.#parts.loops()) {
        await this.#file.seek(0);
        continue;
      }
      await this.#session?.drained();
      if (this.#isClosed) return;
      await this.close();
      this.#parts.ended();
    }
  }

  async #write(data: AudioData): Promise<void> {
    const { bytes, format } = soundBytes(data, this.#parts.gain());
    const session = (this.#session ??= await this.#open(data, format));
    if (this.#isClosed) {
      await session.close();
      return;
    }
    session.write(bytes);
    while (session.waiting > 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #open(data: AudioData, format: "s16" | "f32"): Promise<PlaybackSession> {
    const sampleRate = Math.round(data.sampleRate * this.#parts.rate());
    const { numberOfChannels: channelCount } = data;
    const session = await this.#parts.open({ sampleRate, channelCount, format, lead: LEAD });
    session.start({
      wanted: () => this.#wake(),
      ended: (reason) => {
        this.#session = undefined;
        if (this.#isClosed) return;
        void this.close();
        this.#parts.failed(reason);
      },
    });
    return session;
  }
}
