import { withProcessLock } from "../../../host/process-lock.ts";
import type { PermissionPrompt, PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { Conversation } from "./conversation.ts";
import { hasTerminal } from "./has-terminal.ts";
import { openTerminal } from "./open-terminal.ts";
import { answeredLine } from "./question-lines.ts";
import { raiseSignal, type RaisedSignal } from "./raise-signal.ts";
import type { Terminal } from "./terminal.ts";

interface Parts {
  readonly isAvailable: () => boolean;
  readonly open: () => Terminal;
  readonly raise: (signal: RaisedSignal) => boolean;
  readonly deafMs: number;
  /** Held while a question is open: one program asks on a terminal at a time, the others wait. */
  readonly lockFile: () => string | undefined;
}

const systemParts: Parts = {
  isAvailable: hasTerminal,
  open: openTerminal,
  raise: (signal) => raiseSignal(signal),
  deafMs: 500,
  lockFile: () => undefined,
};

/** Asks on the terminal that the program was started from. */
export class TerminalPrompt implements PermissionPrompt {
  readonly name = "terminal";
  readonly #parts: Parts;

  constructor(parts: Partial<Parts> = {}) {
    this.#parts = { ...systemParts, ...parts };
  }

  isAvailable(): boolean {
    return this.#parts.isAvailable();
  }

  async ask(question: PromptQuestion, signal: AbortSignal): Promise<PromptAnswer | undefined> {
    const lockFile = this.#parts.lockFile();
    if (lockFile === undefined) return await this.#askNow(question, signal);
    const ask = async (): Promise<PromptAnswer | undefined> => {
      if (!this.isAvailable()) throw new Error("another job has the terminal now");
      return await this.#askNow(question, signal);
    };
    try {
      // A job that the person has stopped asks nobody: the next one may.
      return await withProcessLock(lockFile, ask, { signal, fromStopped: true });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  async #askNow(question: PromptQuestion, signal: AbortSignal): Promise<PromptAnswer | undefined> {
    const { deafMs, open, raise } = this.#parts;
    const terminal = open();
    try {
      const conversation = new Conversation(question, { terminal, raise, deafMs });
      const withdraw = (): void => conversation.end();
      signal.addEventListener("abort", withdraw, { once: true });
      if (signal.aborted) withdraw();
      const answer = await conversation.answer;
      signal.removeEventListener("abort", withdraw);
      terminal.write(`${answeredLine(question, answer, terminal.columns)}\r\n`);
      return answer;
    } finally {
      terminal.close();
    }
  }
}
