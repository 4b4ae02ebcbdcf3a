import type {
  PermissionBroker,
  PermissionDecision,
  PermissionName,
  PermissionRequest,
  PermissionState,
} from "../permission/contract.ts";

/** What the user does when asked. */
type Answer = "grant" | "deny" | "dismiss";

/**
 * The user, as a test plays them. At first everything is granted, as browsers do in automation.
 * Each method takes a kind, or one device of it by the handle's `deviceId`; without, all kinds.
 */
export class VirtualPermission implements PermissionBroker {
  readonly #answers = new Map<string, Answer>();
  readonly #pending = new Set<() => boolean>();
  readonly #watchers = new Set<() => void>();
  /** How often site data was cleared. */
  #clearings = 0;

  /** Allows, now and when asked; running tracks go on, pending requests are answered. */
  grant(name?: PermissionName, deviceId?: string): void {
    this.#set("grant", name, deviceId);
  }

  /** Blocks: requests fail with `NotAllowedError`, running tracks end. */
  deny(name?: PermissionName, deviceId?: string): void {
    this.#set("deny", name, deviceId);
  }

  /** Closes each prompt without an answer: requests stay pending. */
  dismiss(name?: PermissionName, deviceId?: string): void {
    this.#set("dismiss", name, deviceId);
  }

  /**
   * Forgets what was answered, of a kind also what was answered about its devices; the state is
   * `prompt`, and a request waits for the next answer.
   */
  askAgain(name?: PermissionName, deviceId?: string): void {
    if (deviceId === undefined) {
      for (const key of this.#answers.keys()) {
        if (name === undefined || key.startsWith(`${name} `)) this.#answers.delete(key);
      }
    }
    this.#set("dismiss", name, deviceId);
  }

  /** As when a user clears site data: device ids change. */
  clearSiteData(): void {
    this.#clearings += 1;
    this.#notify();
  }

  /**
   * Everything is granted, as at first. A request that waits for an answer is never answered.
   * @internal
   */
  reset(): void {
    this.#answers.clear();
    this.#pending.clear();
    this.#clearings = 0;
    this.#notify();
  }

  query(name: PermissionName, deviceKey?: string): PermissionState {
    const answer = this.#answerOn(name, deviceKey);
    return answer === "grant" ? "granted" : answer === "deny" ? "denied" : "prompt";
  }

  request({ kinds, signal }: PermissionRequest): Promise<readonly PermissionDecision[]> {
    return new Promise((resolve) => {
      const tryToAnswer = (): boolean => {
        if (signal?.aborted === true) return true;
        const decisions = kinds.map(({ name, devices }) => this.#decide(name, devices));
        const decided = decisions.filter((decision) => decision !== undefined);
        if (decided.length < decisions.length) return false;
        resolve(decided);
        return true;
      };
      if (!tryToAnswer()) this.#pending.add(tryToAnswer);
    });
  }

  watch(listener: () => void): () => void {
    const watcher = (): void => listener();
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  deviceIdSalt(): string {
    return `virtual ${this.#clearings}`;
  }

  /**
   * The id by which scripts know a device: its own, until site data is cleared.
   * @internal
   */
  exposedId(hardwareId: string): string {
    return `${hardwareId}${this.#suffix}`;
  }

  get #suffix(): string {
    return this.#clearings === 0 ? "" : ` after clearing ${this.#clearings}`;
  }

  #decide(
    name: PermissionName,
    devices: readonly { readonly key: string }[],
  ): PermissionDecision | undefined {
    const answers = devices.map(({ key }) => ({ key, answer: this.#answerOn(name, key) }));
    const usable = answers.find(({ answer }) => answer === "grant");
    if (usable !== undefined) {
      const isAny = answers.every(({ answer }) => answer === "grant");
      return { name, state: "granted", ...(!isAny && { deviceKey: usable.key }) };
    }
    const isOpen =
      answers.some(({ answer }) => answer === "dismiss") ||
      (answers.length === 0 && this.#answerOn(name) === "dismiss");
    return isOpen ? undefined : { name, state: "denied", message: `The test denies ${name}.` };
  }

  #answerOn(name: PermissionName, deviceKey?: string): Answer {
    return (
      (deviceKey !== undefined ? this.#answers.get(`${name} ${deviceKey}`) : undefined) ??
      this.#answers.get(name) ??
      "grant"
    );
  }

  #set(answer: Answer, name?: PermissionName, deviceId?: string): void {
    const names =
      name === undefined ? (["camera", "microphone", "display-capture"] as const) : [name];
    for (const each of names) {
      this.#answers.set(deviceId === undefined ? each : this.#keyOf(each, deviceId), answer);
    }
    this.#notify();
  }

  /** Answers about a device outlast its id. */
  #keyOf(name: PermissionName, deviceId: string): string {
    const suffix = this.#suffix;
    const isCurrent = suffix !== "" && deviceId.endsWith(suffix);
    const hardwareId = isCurrent ? deviceId.slice(0, -suffix.length) : deviceId;
    return `${name} virtual:${hardwareId}`;
  }

  #notify(): void {
    for (const tryToAnswer of [...this.#pending]) {
      if (tryToAnswer()) this.#pending.delete(tryToAnswer);
    }
    for (const watcher of [...this.#watchers]) watcher();
  }
}
