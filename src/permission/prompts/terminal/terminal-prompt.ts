import { emitKeypressEvents } from "node:readline";
import { PassThrough } from "node:stream";
import type { PermissionPrompt, PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { Drawing } from "./draw.ts";
import { hasTerminal } from "./has-terminal.ts";
import { openTerminal } from "./open-terminal.ts";
import { answeredLine, questionLines } from "./question-lines.ts";
import { initialState, press, type Key, type KeyEffect } from "./question-state.ts";
import type { Terminal } from "./terminal.ts";

interface Parts {
  readonly isAvailable: () => boolean;
  readonly open: () => Terminal;
  /** Raises a signal in everything that a person at the keyboard would reach with it. */
  readonly raise: (signal: "SIGINT" | "SIGQUIT" | "SIGTSTP") => void;
  /** ms for which keys are thrown away: they were meant for something else. */
  readonly deafMs: number;
}

const signalMs = 50;

const systemParts: Parts = {
  isAvailable: hasTerminal,
  open: openTerminal,
  // 0 is the process group, which has the foreground: what the terminal itself would signal.
  raise: (signal) => void process.kill(process.platform === "win32" ? process.pid : 0, signal),
  deafMs: 300,
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
    const terminal = this.#parts.open();
    try {
      const answer = await this.#converse(terminal, question, signal);
      terminal.write(`${answeredLine(question, answer)}\r\n`);
      return answer;
    } finally {
      terminal.close();
    }
  }

  #converse(terminal: Terminal, question: PromptQuestion, signal: AbortSignal) {
    return new Promise<PromptAnswer | undefined>((resolve) => {
      const drawing = new Drawing(terminal);
      let [state, isReady] = [initialState(question), false];
      const lines = () => questionLines(question, state, { columns: terminal.columns, isReady });
      const redraw = (): void => drawing.draw(lines());
      const act = (effect: KeyEffect): void => {
        if (effect.type === "state") {
          ({ state } = effect);
          redraw();
        } else if (effect.type === "signal") {
          terminal.setRaw(false);
          this.#parts.raise(effect.signal);
          // Any thread may take the signal: the open terminal keeps the process until it was heard.
          if (effect.signal !== "SIGTSTP") setTimeout(() => finish(undefined), signalMs);
        } else finish(effect.type === "answer" ? effect.answer : undefined);
      };
      const stopKeys = onKeys(terminal, (key) => {
        if (isReady || key.ctrl === true) act(press(question, state, key));
      });
      const resumed = (): void => {
        terminal.setRaw(true);
        drawing.drawAnew(lines());
      };
      const deafness = setTimeout(() => {
        isReady = true;
        redraw();
      }, this.#parts.deafMs);
      const withdraw = (): void => finish(undefined);
      const finish = (answer: PromptAnswer | undefined): void => {
        clearTimeout(deafness);
        stopKeys();
        process.off("SIGCONT", resumed).off("SIGWINCH", redraw);
        signal.removeEventListener("abort", withdraw);
        drawing.draw([]);
        resolve(answer);
      };
      process.on("SIGCONT", resumed).on("SIGWINCH", redraw);
      signal.addEventListener("abort", withdraw);
      terminal.setRaw(true);
      redraw();
      if (signal.aborted) withdraw();
    });
  }
}

/** Reads keys; `node:readline` knows the sequences of all terminals. */
function onKeys(terminal: Terminal, listener: (key: Key) => void): () => void {
  const bytes = new PassThrough();
  emitKeypressEvents(bytes);
  bytes.on("keypress", (_text: unknown, key: Key) => listener(key));
  const stop = terminal.read((chunk) => void bytes.write(chunk));
  return () => {
    stop();
    bytes.destroy();
  };
}
