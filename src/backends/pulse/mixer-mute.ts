import type { Connection } from "./connection.ts";
import { getSources, type SourceInfo } from "./source-info.ts";
import { subscribe } from "./subscribe.ts";

/**
 * Whether a person has muted a microphone in the mixer. The server doesn't tell its streams, which
 * go on with silence; it tells that something has changed, and is asked then.
 */
export class MixerMute {
  readonly #connection: Connection;
  readonly #name: string;
  readonly #onChange: () => void;
  readonly #stopListening: () => void;
  #isMuted: boolean;
  #isLooking = false;
  #hasNews = false;

  constructor(connection: Connection, { muted, name }: SourceInfo, onChange: () => void) {
    this.#connection = connection;
    this.#name = name;
    this.#onChange = onChange;
    this.#isMuted = muted;
    this.#stopListening = connection.onChange(() => void this.#look());
    // A server that tells nothing is one that mutes nothing, as far as can be seen.
    subscribe(connection).catch(() => undefined);
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  stop(): void {
    this.#stopListening();
  }

  /** One question at a time: news that come meanwhile are a reason to ask once more. */
  async #look(): Promise<void> {
    this.#hasNews = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      while (this.#hasNews) {
        this.#hasNews = false;
        const sources = await getSources(this.#connection);
        const muted = sources.find(({ name }) => name === this.#name)?.muted ?? this.#isMuted;
        if (muted === this.#isMuted) continue;
        this.#isMuted = muted;
        this.#onChange();
      }
    } catch {
      // The connection has ended, which the session hears of too.
    } finally {
      this.#isLooking = false;
    }
  }
}
