import { emitKeypressEvents } from "node:readline";
import { PassThrough } from "node:stream";
import type { PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { Drawing } from "./draw.ts";
import { questionLines } from "./question-lines.ts";
import { initialState, press, type Key, type KeyEffect } from "./question-state.ts";
import type { RaisedSignal } from "./raise-signal.ts";
import type { Terminal } from "./terminal.ts";

interface Parts {
  readonly terminal: Terminal;
  /** Raises a signal in everything that it would reach from the keyboard; false where there is none. */
  readonly raise: (signal: RaisedSignal) => boolean;
  /**
   * ms without a key after which keys are heard. What the person typed until then, or types with a
   * key that means nothing here, is meant for something else.
   */
  readonly deafMs: number;
}

const signalMs = 50;

/** A question on an open terminal, until the person answers, makes no choice, or it is withdrawn. */
export class Conversation {
  /** `undefined`: no choice. */
  readonly answer: Promise<PromptAnswer | undefined>;
  readonly #parts: Parts;
  readonly #question: PromptQuestion;
  readonly #drawing: Drawing;
  readonly #deafness: NodeJS.Timeout;
  readonly #stopKeys: () => void;
  #state;
  #isReady = false;
  #resolve: (answer: PromptAnswer | undefined) => void = () => undefined;

  constructor(question: PromptQuestion, parts: Parts) {
    this.#question = question;
    this.#parts = parts;
    this.#state = initialState(question);
    this.#drawing = new Drawing(parts.terminal);
    this.answer = new Promise((resolve) => (this.#resolve = resolve));
    this.#deafness = setTimeout(() => this.#hear(), parts.deafMs);
    this.#stopKeys = onKeys(parts.terminal, {
      key: (key) => this.#take(key),
      line: () => this.#takeBack(),
    });
    process.on("SIGCONT", this.#resumed).on("SIGWINCH", this.#resized);
    parts.terminal.setRaw(true);
    this.#drawing.draw(this.#lines());
  }

  /** Takes the question from the screen. Idempotent. */
  end(answer?: PromptAnswer): void {
    clearTimeout(this.#deafness);
    this.#stopKeys();
    process.off("SIGCONT", this.#resumed).off("SIGWINCH", this.#resized);
    this.#drawing.draw([]);
    this.#resolve(answer);
  }

  #take(key: Key): void {
    if (this.#isReady || key.ctrl === true) this.#act(press(this.#question, this.#state, key));
    else this.#deafness.refresh();
  }

  /** Another program of the terminal that ended just now has set the modes that it began with. */
  #hear(): void {
    setRawAnew(this.#parts.terminal);
    this.#show({ isReady: true });
  }

  /** What was typed in lines, since another program changed the modes, was echoed over the question. */
  #takeBack(): void {
    setRawAnew(this.#parts.terminal);
    this.#state = { ...this.#state, selected: undefined };
    this.#drawing.drawAnew(this.#lines());
  }

  #act(effect: KeyEffect): void {
    switch (effect.type) {
      case "state":
        this.#state = effect.state;
        return this.#show({ isReady: true });
      case "foreign":
        this.#state = { ...this.#state, selected: undefined };
        this.#deafness.refresh();
        return this.#show({ isReady: false });
      case "signal":
        return this.#raise(effect.signal);
      case "answer":
        return this.end(effect.answer);
      case "no choice":
        return this.end();
    }
  }

  #raise(signal: RaisedSignal): void {
    this.#parts.terminal.setRaw(false);
    if (!this.#parts.raise(signal)) return this.#parts.terminal.setRaw(true);
    // Any thread may take the signal: the open terminal keeps the process until it was heard.
    if (signal !== "SIGTSTP") setTimeout(() => this.end(), signalMs);
  }

  #show({ isReady }: { readonly isReady: boolean }): void {
    this.#isReady = isReady;
    this.#drawing.draw(this.#lines());
  }

  #lines() {
    const { columns } = this.#parts.terminal;
    return questionLines(this.#question, this.#state, { columns, isReady: this.#isReady });
  }

  readonly #resized = (): void => this.#drawing.draw(this.#lines());

  readonly #resumed = (): void => {
    this.#parts.terminal.setRaw(true);
    this.#drawing.drawAnew(this.#lines());
  };
}

interface KeyListeners {
  key(key: Key): void;
  /** A line came as a whole: the terminal isn't in raw mode. */
  line(): void;
}

/** Reads keys; `node:readline` knows the sequences of all terminals. */
function onKeys(terminal: Terminal, listeners: KeyListeners): () => void {
  const bytes = new PassThrough();
  emitKeypressEvents(bytes);
  bytes.on("keypress", (_text: unknown, key: Key) => listeners.key(key));
  const stop = terminal.read((chunk) => {
    // Enter is a carriage return in raw mode.
    if (chunk.includes("\n")) listeners.line();
    else bytes.write(chunk);
  });
  return () => {
    stop();
    bytes.destroy();
  };
}

/** Node.js sets no mode that it believes to be set. */
function setRawAnew(terminal: Terminal): void {
  terminal.setRaw(false);
  terminal.setRaw(true);
}
