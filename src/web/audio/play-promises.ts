import type { Intrinsics } from "../../webidl/intrinsics.ts";

interface PendingPromise {
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * The promises of `play()` calls that aren't settled.
 * @see https://html.spec.whatwg.org/multipage/media.html#list-of-pending-play-promises
 */
export class PlayPromises {
  readonly #realm: Pick<Intrinsics, "Promise" | "DOMException">;
  #pending: PendingPromise[] = [];

  constructor(realm: Pick<Intrinsics, "Promise" | "DOMException">) {
    this.#realm = realm;
  }

  create(): Promise<void> {
    return new this.#realm.Promise((resolve, reject) => {
      this.#pending.push({ resolve: () => resolve(), reject });
    });
  }

  resolveAll(): void {
    for (const { resolve } of this.#take()) resolve();
  }

  /** @param by - what came in between, such as `"a call of pause()"` */
  abortAll(by: string): void {
    const message = `The play() request was interrupted by ${by}.`;
    this.rejectAll(() => new this.#realm.DOMException(message, "AbortError"));
  }

  rejectAll(reason: () => DOMException): void {
    for (const { reject } of this.#take()) reject(reason());
  }

  #take(): PendingPromise[] {
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }
}
