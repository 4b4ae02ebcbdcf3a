import type { PermissionName } from "./contract.ts";
import {
  withAnswer,
  withoutDevice,
  type Answers,
  type AnswersByName,
} from "./decision/evidence.ts";

interface Entry {
  readonly answers: Answers;
  /** How often the kind had been revoked when the answer was given. */
  readonly revocations: number;
}

/**
 * Answers that hold until the program ends. A revocation, also one from another process, voids what
 * was answered before it.
 */
export class SessionAnswers {
  readonly #entries = new Map<PermissionName, Entry>();

  /** @param revocations the kind's count of revocations now. */
  set(
    name: PermissionName,
    state: "granted" | "denied",
    revocations: number,
    deviceKey?: string,
  ): void {
    const before = this.#answers(name, revocations);
    this.#entries.set(name, { answers: withAnswer(before, state, deviceKey), revocations });
  }

  delete(name: PermissionName, deviceKey?: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    if (deviceKey === undefined) this.#entries.delete(name);
    else this.#entries.set(name, { ...entry, answers: withoutDevice(entry.answers, deviceKey) });
  }

  /** The answers that still hold, given each kind's count of revocations now. */
  current(revocations: (name: PermissionName) => number): AnswersByName {
    const answers: Partial<Record<PermissionName, Answers>> = {};
    for (const name of this.#entries.keys()) {
      const held = this.#answers(name, revocations(name));
      if (held !== undefined) answers[name] = held;
    }
    return answers;
  }

  #answers(name: PermissionName, revocations: number): Answers | undefined {
    const entry = this.#entries.get(name);
    return entry?.revocations === revocations ? entry.answers : undefined;
  }
}
