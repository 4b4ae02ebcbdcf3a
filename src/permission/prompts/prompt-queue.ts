import type { RequestedKind } from "../contract.ts";
import type {
  PermissionPrompt,
  PromptAnswer,
  PromptedKind,
  PromptQuestion,
} from "./permission-prompt.ts";

/**
 * What became of a question. `unavailable`: no prompt could put it. `closed`: a prompt for other
 * things was open and isn't any more; decide anew.
 */
export type PromptOutcome = PromptAnswer | "no choice" | "unavailable" | "closed";

interface OpenPrompt {
  readonly question: PromptQuestion;
  readonly outcome: Promise<PromptAnswer | "no choice" | "unavailable">;
  readonly controller: AbortController;
  waiting: number;
}

/** Keeps one prompt open at a time, and lets calls that ask for the same share it. */
export class PromptQueue {
  readonly #prompts: readonly PermissionPrompt[];
  #open: OpenPrompt | undefined;

  /** @param prompts in the order in which they are tried. */
  constructor(prompts: readonly PermissionPrompt[]) {
    this.#prompts = prompts;
  }

  async ask(question: PromptQuestion, signal: AbortSignal | undefined): Promise<PromptOutcome> {
    const open = this.#open;
    if (open !== undefined && !isShared(open, question)) {
      await open.outcome;
      return "closed";
    }
    const outcome = await this.#await(open ?? this.#put(question), signal);
    const isForeign = typeof outcome === "object" && !suits(outcome, question.kinds);
    return isForeign ? "closed" : outcome;
  }

  /** Closes what is open, without a choice. */
  close(): void {
    this.#open?.controller.abort();
  }

  #put(question: PromptQuestion): OpenPrompt {
    const controller = new AbortController();
    const outcome = this.#tryAll(question, controller.signal).finally(() => {
      this.#open = undefined;
    });
    const open = { question, outcome, controller, waiting: 0 };
    this.#open = open;
    return open;
  }

  async #tryAll(question: PromptQuestion, signal: AbortSignal) {
    for (const prompt of this.#prompts) {
      try {
        if (prompt.isAvailable()) return (await prompt.ask(question, signal)) ?? "no choice";
      } catch (error) {
        process.emitWarning(`The ${prompt.name} prompt failed: ${String(error)}`, {
          type: "UsermediaWarning",
        });
      }
    }
    return "unavailable" as const;
  }

  /** A prompt that nobody waits for any more is closed. */
  async #await(prompt: OpenPrompt, signal: AbortSignal | undefined) {
    prompt.waiting += 1;
    let withdraw: () => void = () => undefined;
    const withdrawn = new Promise<"no choice">((resolve) => {
      withdraw = (): void => {
        prompt.waiting -= 1;
        if (prompt.waiting === 0) prompt.controller.abort();
        resolve("no choice");
      };
    });
    signal?.addEventListener("abort", withdraw, { once: true });
    if (signal?.aborted === true) withdraw();
    try {
      return await Promise.race([prompt.outcome, withdrawn]);
    } finally {
      signal?.removeEventListener("abort", withdraw);
    }
  }
}

/** True for a question that asks for nothing that the open one doesn't, sound included. */
function isShared({ question, controller }: OpenPrompt, other: PromptQuestion): boolean {
  const isAsked = ({ name, withSound }: PromptedKind): boolean =>
    question.kinds.some((kind) => kind.name === name && (kind.withSound ?? !withSound));
  return !controller.signal.aborted && other.kinds.every(isAsked);
}

/** False when the person picked a device that this call can't use. */
function suits(answer: PromptAnswer, kinds: readonly RequestedKind[]): boolean {
  return kinds.every(({ name, devices }) => {
    const picked = answer.devices[name];
    return picked === undefined || devices.some(({ key }) => key === picked);
  });
}
