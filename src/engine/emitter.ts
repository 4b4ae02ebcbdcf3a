/** Listeners by event name, called in order of registration. */
export class Emitter<Events extends { [Name in keyof Events]: (...args: never[]) => void }> {
  readonly #listeners = new Map<keyof Events, Set<Events[keyof Events]>>();

  /** Returns what removes the listener. */
  on<Name extends keyof Events>(name: Name, listener: Events[Name]): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  /** Calls every listener that is there now; one that throws keeps none of the others from it. */
  emit<Name extends keyof Events>(name: Name, ...args: Parameters<Events[Name]>): void {
    for (const listener of Array.from(this.#listeners.get(name) ?? [])) {
      callSafely(() => listener(...args));
    }
  }
}

/** Calls foreign code whose failure isn't ours: it is reported as an uncaught exception. */
export function callSafely(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
