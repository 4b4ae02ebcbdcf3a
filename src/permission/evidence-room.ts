import type { Application } from "./application/application.ts";
import type { PermissionName } from "./contract.ts";
import type { Evidence } from "./decision/evidence.ts";
import type { EnvironmentPolicy } from "./environment-policy.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { SessionAnswers } from "./session-answers.ts";
import { deviceIdSalt, userSecret } from "./store/device-id-salt.ts";
import type { PermissionStore } from "./store/permission-store.ts";
import {
  answersFor,
  remember,
  revocationsOf,
  revoke,
  type Answer,
  type Subject,
} from "./store/store-changes.ts";
import { emptyStore, type StoreData } from "./store/store-data.ts";

interface Parts {
  readonly application: Application;
  readonly manifest: Manifest;
  readonly environment: EnvironmentPolicy | string;
  readonly store: PermissionStore;
  /** The folder of the store; `undefined` where there can be none. */
  readonly folder: string | undefined;
}

interface Decided {
  readonly name: PermissionName;
  readonly state: "granted" | "denied";
  readonly deviceKey: string | undefined;
}

/** Gathers what a decision rests on, and keeps the answers that people give. */
export class EvidenceRoom {
  readonly #parts: Parts;
  readonly #session = new SessionAnswers();
  readonly #listeners = new Set<() => void>();
  #stopWatching: (() => void) | undefined;
  #secret: Buffer | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The evidence as it stands now. */
  current(): Evidence {
    const { application, manifest, environment, store } = this.#parts;
    const reading = store.read();
    const data = reading.status === "readable" ? reading.data : emptyStore();
    return {
      applicationOption: application.path === undefined ? "" : ` --app ${quoted(application.path)}`,
      manifestRefusal: (name) => manifest.refusal(name),
      environment,
      remembered:
        reading.status === "untrusted" ? reading.reason : answersFor(data, application.ids),
      session: this.#session.current((name) => revocationsOf(data, application.ids, name)),
    };
  }

  reasonFor(name: PermissionName): string | undefined {
    return this.#parts.manifest.reason(name);
  }

  answerForSession(name: PermissionName, state: "granted" | "denied", deviceKey?: string): void {
    const revocations = revocationsOf(this.#data(), this.#parts.application.ids, name);
    this.#session.set(name, state, revocations, deviceKey);
    this.#notify();
  }

  /** Remembers answers across runs; where that can't be, until the program ends, with a warning. */
  async remember(answers: readonly Decided[]): Promise<void> {
    const subject = this.#subject();
    for (const { name, state, deviceKey } of answers) this.answerForSession(name, state, deviceKey);
    if (subject === undefined) return;
    const since = new Date().toISOString();
    try {
      await this.#parts.store.update((data) =>
        answers.reduce((next, answer) => remember(next, subject, asAnswer(answer), since), data),
      );
      // What is remembered needs no second copy here, which a later change of the file would miss.
      for (const { name } of answers) this.#session.delete(name);
    } catch (error) {
      process.emitWarning(`The answer holds for this run only: ${String(error)}`, {
        type: "UsermediaWarning",
      });
    }
    this.#notify();
  }

  /** Takes back what was granted, remembered or not. */
  async revoke(names: readonly PermissionName[], deviceKey?: string): Promise<void> {
    const { application, store } = this.#parts;
    for (const name of names) this.#session.delete(name, deviceKey);
    this.#notify();
    const held = Object.keys(answersFor(this.#data(), application.ids));
    if (!names.some((name) => held.includes(name))) return;
    await store.update((data) =>
      application.ids.reduce(
        (next, id) => revoke(next, names, this.#subjectOf(id), deviceKey),
        data,
      ),
    );
    this.#notify();
  }

  deviceIdSalt(): string {
    const { application, folder } = this.#parts;
    this.#secret ??= userSecret(folder);
    return deviceIdSalt(this.#secret, application, this.#data());
  }

  /** Calls `listener` when the evidence may have changed. */
  watch(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#listeners.add(entry);
    this.#stopWatching ??= this.#parts.store.watch(() => this.#notify());
    return () => {
      this.#listeners.delete(entry);
      if (this.#listeners.size === 0) this.#stopStoreWatch();
    };
  }

  close(): void {
    this.#listeners.clear();
    this.#stopStoreWatch();
  }

  #stopStoreWatch(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  #data(): StoreData {
    const reading = this.#parts.store.read();
    return reading.status === "readable" ? reading.data : emptyStore();
  }

  #subject(): Subject | undefined {
    const [id] = this.#parts.application.ids;
    return id === undefined ? undefined : this.#subjectOf(id);
  }

  #subjectOf(id: string): Subject {
    const { packageName } = this.#parts.application;
    return { id, packageName, path: id.slice((packageName ?? "").length + 1) };
  }
}

function asAnswer({ name, state, deviceKey }: Decided): Answer {
  return { name, state, ...(deviceKey !== undefined && { deviceKey }) };
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
