import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PermissionName, PermissionRequest } from "../../../src/permission/contract.ts";
import {
  createPermissionBroker,
  type PermissionBrokerOptions,
} from "../../../src/permission/create-permission-broker.ts";
import type {
  PermissionPrompt,
  PromptAnswer,
  PromptQuestion,
} from "../../../src/permission/prompts/permission-prompt.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A program of its own, with a configuration and a runtime folder of its own. */
export function program(manifest?: object, options: PermissionBrokerOptions = {}) {
  const root = temporaryFolder();
  const packageFile = { name: "recorder", ...(manifest !== undefined && { usermedia: manifest }) };
  mkdirSync(join(root, "app"));
  writeFileSync(join(root, "app/package.json"), JSON.stringify(packageFile));
  const entry = join(root, "app/main.js");
  writeFileSync(entry, "");
  const folder = join(root, "config");
  const runtimeFolder = join(root, "run");
  const broker = (more: PermissionBrokerOptions = {}) =>
    createPermissionBroker({
      entry,
      folder,
      runtimeFolder,
      environment: {},
      prompts: [],
      ...options,
      ...more,
    });
  return { root, entry, folder, runtimeFolder, appFolder: join(root, "app"), broker };
}

/** A request for kinds with one device each, named after the kind. */
export function requestFor(...names: PermissionName[]): PermissionRequest {
  return {
    kinds: names.map((name) => ({ name, devices: [{ key: `test:${name}`, label: `A ${name}` }] })),
  };
}

/** A person who answers when the test says so. */
export class ScriptedPrompt implements PermissionPrompt {
  readonly name = "page";
  readonly questions: PromptQuestion[] = [];
  readonly signals: AbortSignal[] = [];
  #asked: (() => void)[] = [];
  #answer: ((answer: PromptAnswer | undefined) => void) | undefined;

  isAvailable(): boolean {
    return true;
  }

  ask(question: PromptQuestion, signal: AbortSignal): Promise<PromptAnswer | undefined> {
    this.questions.push(question);
    this.signals.push(signal);
    return new Promise((resolve) => {
      this.#answer = resolve;
      signal.addEventListener("abort", () => resolve(undefined));
      for (const asked of this.#asked.splice(0)) asked();
    });
  }

  async asked(): Promise<void> {
    if (this.#answer !== undefined) return;
    await new Promise<void>((resolve) => {
      this.#asked.push(resolve);
    });
  }

  async answer(choice: PromptAnswer["choice"] | undefined, devices: PromptAnswer["devices"] = {}) {
    await this.asked();
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.(choice === undefined ? undefined : { choice, devices });
  }
}

/** Whether a promise is still pending once everything that is ready has run. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const marker = Symbol("pending");
  const idle = new Promise((resolve) => setImmediate(() => setImmediate(() => resolve(marker))));
  return (await Promise.race([promise, idle])) === marker;
}
