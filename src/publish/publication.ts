import type { DeviceError } from "../contract/device-error.ts";
import { debugLog } from "../host/debug-log.ts";
import type { Track } from "../engine/contract.ts";
import { Publisher } from "../sinks/publisher/publisher.ts";
import type { PublicationState, PublisherOptions } from "../sinks/publisher/publisher.ts";
import type { AnyListener, ListenerOptions } from "../webidl/event-handler.ts";
import { type PublicationStats, statsOf } from "./publication-stats.ts";

/** The events of a {@link Publication}. */
export interface PublicationEventMap {
  connectionstatechange: Event;
}

/** How listeners of a {@link Publication} are added and removed. */
export interface PublicationListeners {
  <Type extends keyof PublicationEventMap>(
    type: Type,
    listener: (this: Publication, event: PublicationEventMap[Type]) => unknown,
    options?: ListenerOptions,
  ): void;
  (type: string, listener: AnyListener, options?: ListenerOptions): void;
}

export interface PublicationParts extends PublisherOptions {
  /** What is to be published now. */
  readonly currentTracks: () => readonly Track[];
  /** Calls its listener when that may have changed. Returns what stops it. */
  readonly watchTracks: (changed: () => void) => () => void;
}

/**
 * A stream on its way to a server, in the words of an `RTCPeerConnection`. It follows the stream: a
 * track that is disabled or muted shows black or silence, one that ends or is taken away is
 * published no more, one that is added is (by a new connection, since a server learns at its head
 * what it gets).
 */
export class Publication extends EventTarget {
  readonly #publisher: Publisher;
  readonly #parts: PublicationParts;
  readonly #unwatch: () => void;
  readonly #finished: Promise<void>;
  #finish: () => void = () => undefined;
  #refuse: (reason: DOMException) => void = () => undefined;
  #isStarted = false;

  /** @internal */
  constructor(parts: PublicationParts) {
    super();
    this.#parts = parts;
    this.#finished = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#refuse = reject;
    });
    // Whoever doesn't ask is told by the state.
    this.#finished.catch(() => undefined);
    this.#publisher = new Publisher(parts, {
      stateChanged: (state) => this.#changed(state),
      trackEnded: () => this.#follow(),
    });
    this.#unwatch = parts.watchTracks(() => this.#follow());
  }

  declare addEventListener: PublicationListeners;
  declare removeEventListener: PublicationListeners;

  /** As of an `RTCPeerConnection`; `disconnected` is a connection that is being tried again. */
  get connectionState(): PublicationState {
    return this.#publisher.state;
  }

  /**
   * Resolves when it is closed: by `close()`, by the signal, or after its last track has ended.
   * Rejects with what it failed with, a `DOMException`: `NotAllowedError` where the server refused
   * the key or the token, `NetworkError` where the connection was lost or never came.
   */
  get finished(): Promise<void> {
    return this.#finished;
  }

  /** Counts of every track, and of the way to the server. */
  getStats(): Promise<ReadonlyMap<string, PublicationStats>> {
    return Promise.resolve(statsOf(this.#publisher));
  }

  /** Sends what waits and ends the connection. The tracks go on. Idempotent; never rejects. */
  async close(): Promise<void> {
    await this.#publisher.close();
  }

  /** @internal */
  async start(): Promise<void> {
    try {
      await this.#publisher.start(this.#parts.currentTracks());
    } catch (error) {
      throw exceptionOf(this.#publisher.failure) ?? error;
    }
    this.#isStarted = true;
    this.#follow();
  }

  #follow(): void {
    if (!this.#isStarted) return;
    const tracks = this.#parts.currentTracks();
    if (tracks.length === 0) void this.close();
    else this.#publisher.setTracks(tracks);
  }

  #changed(state: PublicationState): void {
    debugLog("publication: %s: %s", this.#parts.destination.shown, state);
    const failure = exceptionOf(this.#publisher.failure);
    if (state === "closed" || state === "failed") {
      this.#unwatch();
      if (failure === undefined) this.#finish();
      else this.#refuse(failure);
    }
    this.dispatchEvent(new Event("connectionstatechange"));
  }
}

function exceptionOf(reason: DeviceError | undefined): DOMException | undefined {
  if (reason === undefined) return undefined;
  const names = { "not-allowed": "NotAllowedError", "missing-dependency": "NotSupportedError" };
  const name = reason.code in names ? names[reason.code as keyof typeof names] : "NetworkError";
  return new DOMException(reason.message, name);
}
