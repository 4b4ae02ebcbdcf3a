import { DeviceError } from "../../contract/device-error.ts";

interface Pending {
  resolve(value: unknown): void;
  reject(reason: DeviceError): void;
  timer: NodeJS.Timeout | undefined;
}

/** Questions to a capture process that wait for their answers. */
export class PendingRequests {
  readonly #pending = new Map<number | "hello", Pending>();
  #nextId = 1;

  /** A new question; `onTimeout` gives the reason when no answer comes in time. */
  add(
    timeoutMs: number | undefined,
    onTimeout?: () => DeviceError,
  ): { readonly id: number; readonly answer: Promise<unknown> } {
    const id = this.#nextId++;
    return { id, answer: this.expect(id, timeoutMs, onTimeout) };
  }

  /** Waits for the answer that goes by this name. */
  expect(id: number | "hello", timeoutMs?: number, onTimeout = tooLate): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer =
        timeoutMs === undefined
          ? undefined
          : setTimeout(() => this.reject(id, onTimeout()), timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
    });
  }

  resolve(id: number | "hello", value: unknown): void {
    this.#take(id)?.resolve(value);
  }

  reject(id: number | "hello", reason: DeviceError): void {
    this.#take(id)?.reject(reason);
  }

  rejectAll(reason: DeviceError): void {
    for (const id of this.#pending.keys()) this.reject(id, reason);
  }

  #take(id: number | "hello"): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }
}

function tooLate(): DeviceError {
  return new DeviceError("failed", "The capture process didn't answer in time.");
}
