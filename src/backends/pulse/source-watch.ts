import { DeviceError } from "../../contract/device-error.ts";
import type { ConnectionLease } from "./shared-connection.ts";
import { subscribe } from "./subscribe.ts";

/** What a watch is made of. */
export interface SourceWatchParts {
  readonly lease: () => Promise<ConnectionLease>;
  readonly onChange: () => void;
  /** ms between attempts while no server answers */
  readonly retryDelayMs: number;
}

/**
 * Tells of every change to the sources, also when the server itself comes and goes: while there is
 * none, it looks for one again and again.
 */
export class SourceWatch {
  readonly #parts: SourceWatchParts;
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;
  #lease: ConnectionLease | undefined;
  #forget: (() => void) | undefined;

  constructor(parts: SourceWatchParts) {
    this.#parts = parts;
    void this.#begin(false);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#letGo();
  }

  async #begin(isNews: boolean): Promise<void> {
    try {
      const lease = await this.#parts.lease();
      this.#lease = lease;
      if (this.#stopped) return this.#letGo();
      this.#listen(lease);
      await subscribe(lease.connection);
      // What changed before the subscription counts too.
      if (isNews && !this.#stopped) this.#parts.onChange();
    } catch (error) {
      this.#letGo();
      // A server that keeps this user out won't let them in by being asked again.
      if (error instanceof DeviceError && error.code === "not-allowed") return;
      this.#scheduleRetry();
    }
  }

  #listen({ connection }: ConnectionLease): void {
    const forgetChange = connection.onChange(this.#parts.onChange);
    const forgetClose = connection.onClose(() => {
      this.#letGo();
      this.#scheduleRetry();
      this.#parts.onChange();
    });
    this.#forget = () => {
      forgetChange();
      forgetClose();
    };
  }

  #scheduleRetry(): void {
    if (this.#stopped || this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#begin(true);
    }, this.#parts.retryDelayMs);
  }

  #letGo(): void {
    this.#forget?.();
    this.#forget = undefined;
    this.#lease?.release();
    this.#lease = undefined;
  }
}
