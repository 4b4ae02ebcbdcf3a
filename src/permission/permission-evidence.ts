import { shellWord } from "../host/shell-word.ts";
import type { Application } from "./application/application.ts";
import type { PermissionName } from "./contract.ts";
import type { AnswersByName, Evidence } from "./decision/evidence.ts";
import type { EnvironmentPolicy } from "./environment-policy.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { SessionAnswers, type RevocationCounts } from "./session-answers.ts";
import { deviceIdSalt, userSecret } from "./store/device-id-salt.ts";
import { permissionNames } from "./permission-names.ts";
import type { PermissionStore, StoreReading } from "./store/permission-store.ts";
import {
  answersFor,
  keepRestore,
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
export class PermissionEvidence {
  readonly #parts: Parts;
  readonly #session = new SessionAnswers();
  /** What the environment granted when the program first asked, and nobody has revoked since. */
  #environment: SessionAnswers | undefined;
  /** What the store said when it was last readable. */
  #known: StoreData = emptyStore();
  readonly #listeners = new Set<() => void>();
  #stopWatching: (() => void) | undefined;
  #secret: Buffer | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The evidence as it stands now. */
  current(): Evidence {
    const { application, manifest, store } = this.#parts;
    const reading = store.read();
    const data = this.#dataOf(reading);
    const remembered = reading.status === "readable" ? data : emptyStore();
    const environment = this.#environmentAnswers(data);
    return {
      applicationOption:
        application.path === undefined ? "" : ` --app ${shellWord(application.path)}`,
      storeFile: store.file,
      manifestRefusal: (name) => manifest.refusal(name),
      environment,
      isPolicyRevoked: (name) => this.#isPolicyRevoked(name, environment),
      remembered:
        reading.status === "untrusted" ? reading.reason : answersFor(remembered, application.ids),
      session: this.#session.current((name) => this.#countsOf(data, name)),
    };
  }

  reasonFor(name: PermissionName): string | undefined {
    return this.#parts.manifest.reason(name);
  }

  answerForSession(name: PermissionName, state: "granted" | "denied", deviceKey?: string): void {
    this.#session.set(name, state, this.#countsOf(this.#data(), name), deviceKey);
    // A revocation has to be seen before a deleted or restored store hides it.
    this.#watchStore();
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

  restoreToken(name: PermissionName): string | undefined {
    const { remembered } = this.current();
    return typeof remembered === "string" ? undefined : remembered[name]?.restore?.token;
  }

  /** Where it can't be kept, the desktop asks again. */
  async keepRestoreToken(
    name: PermissionName,
    deviceKey: string,
    token: string | undefined,
  ): Promise<void> {
    const subject = this.#subject();
    if (subject === undefined || this.restoreToken(name) === token) return;
    const since = new Date().toISOString();
    const kept = { name, deviceKey, token };
    await this.#parts.store.update((data) => keepRestore(data, subject, kept, since));
  }

  /** Takes back what was granted, remembered or not. */
  async revoke(names: readonly PermissionName[], deviceKey?: string): Promise<void> {
    const { application, store } = this.#parts;
    this.#environmentAnswers(this.#data());
    for (const name of names) {
      this.#session.delete(name, deviceKey);
      this.#environment?.delete(name, deviceKey);
    }
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
    this.#watchStore();
    return () => void this.#listeners.delete(entry);
  }

  close(): void {
    this.#listeners.clear();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  /** Until the broker is closed; it keeps no process alive. */
  #watchStore(): void {
    this.#stopWatching ??= this.#parts.store.watch(() => {
      this.current();
      this.#notify();
    });
  }

  /** What the environment denies, and what it grants until that is revoked. */
  #environmentAnswers(data: StoreData): AnswersByName | string {
    const { environment } = this.#parts;
    if (typeof environment === "string") return environment;
    const named = permissionNames.filter((name) => environment[name] !== undefined);
    if (this.#environment === undefined) {
      this.#environment = new SessionAnswers();
      for (const name of named) {
        if (environment[name] === "denied") continue;
        this.#environment.set(name, "granted", this.#countsOf(data, name));
        this.#watchStore();
      }
    }
    const denied = named.filter((name) => environment[name] === "denied");
    const denials = denied.map((name) => [name, { state: "denied" }] as const);
    return {
      ...this.#environment.current((name) => this.#countsOf(data, name)),
      ...Object.fromEntries(denials),
    };
  }

  #isPolicyRevoked(name: PermissionName, answers: AnswersByName | string): boolean {
    const { environment } = this.#parts;
    if (typeof environment === "string" || typeof answers === "string") return false;
    return environment[name] === "granted" && answers[name]?.state === undefined;
  }

  #countsOf(data: StoreData, name: PermissionName): RevocationCounts {
    return revocationsOf(data, this.#parts.application.ids, name);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  #data(): StoreData {
    return this.#dataOf(this.#parts.store.read());
  }

  /** A store that can't be read now revokes nothing, and gives nothing back. */
  #dataOf(reading: StoreReading): StoreData {
    if (reading.status === "readable") this.#known = reading.data;
    return this.#known;
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
