import type { PermissionName } from "./contract.ts";
import {
  withAnswer,
  withoutDevice,
  type Answers,
  type AnswersByName,
} from "./decision/evidence.ts";

/** How often a kind was taken back: as a whole, and single devices of it by their keys. */
export interface RevocationCounts {
  readonly kind: number;
  readonly devices: Readonly<Record<string, number>>;
}

interface Entry {
  readonly answers: Answers;
  /** The counts when the answer was given. */
  readonly counts: RevocationCounts;
}

/**
 * Answers that hold until the program ends. A revocation, also one from another process, voids what
 * was answered before it: for good, as the counts sink where the store is deleted or restored.
 */
export class SessionAnswers {
  readonly #entries = new Map<PermissionName, Entry>();

  /** @param counts the kind's revocations now. */
  set(
    name: PermissionName,
    state: "granted" | "denied",
    counts: RevocationCounts,
    deviceKey?: string,
  ): void {
    const before = this.#held(name, counts);
    this.#entries.set(name, { answers: withAnswer(before, state, deviceKey), counts });
  }

  delete(name: PermissionName, deviceKey?: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    if (deviceKey === undefined) this.#entries.delete(name);
    else this.#entries.set(name, { ...entry, answers: withoutDevice(entry.answers, deviceKey) });
  }

  /** The answers that still hold, given each kind's revocations now. */
  current(countsOf: (name: PermissionName) => RevocationCounts): AnswersByName {
    const answers: Partial<Record<PermissionName, Answers>> = {};
    for (const name of this.#entries.keys()) {
      const held = this.#held(name, countsOf(name));
      if (held !== undefined) answers[name] = held;
    }
    return answers;
  }

  /** Drops what was revoked, and gives the rest. */
  #held(name: PermissionName, counts: RevocationCounts): Answers | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    if (entry.counts.kind !== counts.kind) {
      this.#entries.delete(name);
      return undefined;
    }
    const answers = revokedDevices(entry.counts, counts).reduce(withoutDevice, entry.answers);
    this.#entries.set(name, { answers, counts });
    return answers;
  }
}

function revokedDevices(
  { devices: before }: RevocationCounts,
  { devices: now }: RevocationCounts,
): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys].filter((key) => before[key] !== now[key]);
}
