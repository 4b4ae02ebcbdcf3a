import type { Application } from "./application/application.ts";
import { debugLog } from "../host/debug-log.ts";
import type {
  PermissionBroker,
  PermissionDecision,
  PermissionName,
  PermissionRequest,
  PermissionRequestHandler,
  PermissionState,
  RequestedKind,
  RunningCapture,
} from "./contract.ts";
import { consult } from "./decision/consult.ts";
import { currentDecision, currentState } from "./decision/current-state.ts";
import type { Evidence } from "./decision/evidence.ts";
import type { PermissionEvidence } from "./permission-evidence.ts";
import type { CaptureRegister } from "./indicator/capture-register.ts";
import type { PromptAnswer, PromptedKind } from "./prompts/permission-prompt.ts";
import type { PromptQueue, PromptOutcome } from "./prompts/prompt-queue.ts";
import { permissionNames } from "./permission-names.ts";

interface Parts {
  readonly application: Application;
  readonly evidence: PermissionEvidence;
  readonly prompts: PromptQueue;
  readonly captures: CaptureRegister;
}

const undecided = Symbol("undecided");

/** The broker of one program: walks the order of consultation and keeps the answers. */
export class ApplicationPermissionBroker implements PermissionBroker {
  readonly #parts: Parts;
  #handler: PermissionRequestHandler | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  query(name: PermissionName, deviceKey?: string): PermissionState {
    return currentState(name, this.#parts.evidence.current(), deviceKey);
  }

  queryDevices(name: PermissionName, deviceKeys: readonly string[]): readonly PermissionState[] {
    const evidence = this.#parts.evidence.current();
    return deviceKeys.map((key) => currentState(name, evidence, key));
  }

  whyDenied(name: PermissionName): string | undefined {
    const decision = currentDecision(name, this.#parts.evidence.current());
    return decision?.state === "denied" ? decision.message : undefined;
  }

  async request(request: PermissionRequest): Promise<readonly PermissionDecision[]> {
    for (;;) {
      const decisions = await this.#consult(request);
      if (request.signal?.aborted === true || decisions === undecided) return await forEver();
      if (decisions === undefined) continue;
      this.#noteDesktopChoices(request.kinds, decisions);
      for (const { name, state, message = "" } of decisions) {
        debugLog("permission: %s is %s. %s", name, state, message);
      }
      return decisions;
    }
  }

  watch(listener: () => void): () => void {
    return this.#parts.evidence.watch(listener);
  }

  deviceIdSalt(): string {
    return this.#parts.evidence.deviceIdSalt();
  }

  restoreToken(name: PermissionName): string | undefined {
    return this.#parts.evidence.restoreToken(name);
  }

  async keepRestoreToken(
    name: PermissionName,
    deviceKey: string,
    token: string | undefined,
  ): Promise<void> {
    await this.#parts.evidence.keepRestoreToken(name, deviceKey, token);
  }

  setPermissionRequestHandler(handler: PermissionRequestHandler | undefined): void {
    if (handler !== undefined && typeof handler !== "function") {
      throw new TypeError(
        'A permission handler is a function that answers "granted", "denied" or undefined.',
      );
    }
    this.#handler = handler;
  }

  async revoke(name?: PermissionName, deviceKey?: string): Promise<void> {
    const names = name === undefined ? permissionNames : [name];
    await this.#parts.evidence.revoke(names, deviceKey);
  }

  captureStarted(capture: RunningCapture): () => void {
    return this.#parts.captures.start(capture);
  }

  watchCaptures(listener: (captures: readonly RunningCapture[]) => void): () => void {
    return this.#parts.captures.watch(listener);
  }

  /** Closes open prompts and stops watching. Captures go on. */
  close(): void {
    this.#parts.prompts.close();
    this.#parts.evidence.close();
    this.#parts.captures.close();
  }

  /** `undefined` when the evidence changed while waiting for another prompt. */
  async #consult({ kinds, signal }: PermissionRequest) {
    let outcome: PromptOutcome | undefined;
    const evidence = (): Evidence => this.#parts.evidence.current();
    const decisions = await consult(kinds, evidence, async (asked, open) => {
      if (signal?.aborted === true || outcome !== undefined) return undefined;
      if (asked === "handler") return await this.#askHandler(open);
      outcome = await this.#askPrompt(open, signal);
      return typeof outcome === "object" ? await this.#keep(open, outcome) : undefined;
    });
    if (outcome === "no choice") return undecided;
    return outcome === "closed" ? undefined : decisions;
  }

  /** What the desktop's dialog allows can be revoked here, as an answer to our own. */
  #noteDesktopChoices(
    kinds: readonly RequestedKind[],
    decisions: readonly PermissionDecision[],
  ): void {
    for (const { devices, name } of kinds) {
      const isGranted = decisions.some((each) => each.name === name && each.state === "granted");
      for (const { isChosenByDesktop = false, key } of isGranted ? devices : []) {
        if (isChosenByDesktop) this.#parts.evidence.answerForSession(name, "granted", key);
      }
    }
  }

  async #askHandler(kinds: readonly RequestedKind[]) {
    const { application, evidence } = this.#parts;
    const { name, path } = application;
    let answer: unknown;
    try {
      answer = await this.#handler?.({
        application: { name, path },
        kinds: this.#withReasons(kinds),
      });
    } catch (error) {
      return kinds.map((kind) => denied(kind, `The permission handler failed: ${String(error)}`));
    }
    if (answer === undefined) return undefined;
    if (answer === "denied") {
      return kinds.map((kind) =>
        denied(kind, `The program's permission handler denied ${kind.name}`),
      );
    }
    if (answer !== "granted") {
      const advice = 'it answers "granted", "denied" or undefined';
      return kinds.map((kind) =>
        denied(kind, `The permission handler answered ${JSON.stringify(answer)}: ${advice}`),
      );
    }
    for (const kind of kinds) evidence.answerForSession(kind.name, "granted");
    return kinds.map((kind) => granted(kind, undefined));
  }

  async #askPrompt(kinds: readonly RequestedKind[], signal: AbortSignal | undefined) {
    const { application, prompts } = this.#parts;
    const isScreen = kinds.some(({ name }) => name === "display-capture");
    const question = {
      application: { name: application.name, path: application.path },
      kinds: this.#withReasons(kinds),
      canRemember: application.ids.length > 0 && !isScreen,
    };
    return await prompts.ask(question, signal);
  }

  async #keep(kinds: readonly RequestedKind[], { choice, devices }: PromptAnswer) {
    const { evidence } = this.#parts;
    const state = choice === "block" ? "denied" : "granted";
    const picked = (name: PermissionName) => (choice === "block" ? undefined : devices[name]);
    const answers = kinds.map(({ name }) => ({ name, state, deviceKey: picked(name) }) as const);
    if (choice === "once") {
      for (const { name, deviceKey } of answers) evidence.answerForSession(name, state, deviceKey);
    } else {
      await evidence.remember(answers);
    }
    return kinds.map((kind) =>
      choice === "block"
        ? denied(kind, `The user blocked ${kind.name} for this program`)
        : granted(kind, devices[kind.name]),
    );
  }

  #withReasons(kinds: readonly RequestedKind[]): readonly PromptedKind[] {
    return kinds.map((kind) => ({ ...kind, reason: this.#parts.evidence.reasonFor(kind.name) }));
  }
}

function granted({ name }: RequestedKind, deviceKey: string | undefined): PermissionDecision {
  return { name, state: "granted", ...(deviceKey !== undefined && { deviceKey }) };
}

function denied({ name }: RequestedKind, message: string): PermissionDecision {
  return { name, state: "denied", message };
}

/** No timer and no handle stands behind it: it keeps nothing alive. */
function forEver(): Promise<never> {
  return new Promise(() => undefined);
}
