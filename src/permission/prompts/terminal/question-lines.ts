import { kindList, kindWords } from "../kind-words.ts";
import type { PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { plainText } from "../../../host/plain-text.ts";
import { clip } from "./clip.ts";
import { deviceLetters, type Choice, type QuestionState } from "./question-state.ts";

/** A line and how it stands out. */
export interface Line {
  readonly text: string;
  readonly style: "bold" | "dim" | "cyan" | "plain";
}

const choiceWords: Readonly<Record<Choice, string>> = {
  once: "Allow once",
  always: "Allow always",
  block: "Block",
};

const choiceLetters: Readonly<Record<Choice, string>> = { once: "o", always: "a", block: "b" };

interface Look {
  /** Columns of the terminal. */
  readonly columns: number;
  /** False while what was typed before the question came is still thrown away. */
  readonly isReady: boolean;
}

/** The question as it is drawn, no line longer than the terminal is wide. */
export function questionLines(
  question: PromptQuestion,
  state: QuestionState,
  { columns, isReady }: Look,
): readonly Line[] {
  const { application, kinds } = question;
  const names = kindList(kinds);
  const lines: Line[] = [
    { text: `? ${plainText(application.name)} wants to use your ${names}`, style: "bold" },
    { text: `  ${plainText(application.path ?? "a script without a file")}`, style: "dim" },
    ...deviceLines(question, state),
    ...reasonLines(question),
    { text: "", style: "plain" },
    ...state.choices.map((choice, at): Line => {
      const isSelected = at === state.selected;
      const text = `${isSelected ? "❯" : " "} ${choiceLetters[choice]}  ${choiceWords[choice]}`;
      return { text, style: isSelected ? "cyan" : "plain" };
    }),
    { text: isReady ? "  ↑ ↓ and Enter, or a letter · Esc: decide later" : "", style: "dim" },
  ];
  return lines.map(({ text, style }) => ({ text: clip(text, columns - 1), style }));
}

/** What stays on the screen once the person has answered. */
export function answeredLine(question: PromptQuestion, answer: PromptAnswer | undefined): string {
  const names = kindList(question.kinds);
  const name = plainText(question.application.name);
  if (answer === undefined) return `? ${name}: no decision about ${names}; the program waits`;
  const words = { once: "allowed once", always: "allowed always", block: "blocked" };
  return `${answer.choice === "block" ? "✖" : "✔"} ${name}: ${names} ${words[answer.choice]}`;
}

function deviceLines({ kinds }: PromptQuestion, state: QuestionState): readonly Line[] {
  return kinds.map(({ name, devices }, at): Line => {
    const word = kindWords[name];
    const title = `${word.charAt(0).toUpperCase()}${word.slice(1)}`.padEnd("Microphone".length);
    const device = devices[state.devices[at]?.index ?? 0];
    const others =
      devices.length > 1 ? `  (${deviceLetters[name]}: another of ${devices.length})` : "";
    return {
      text: `  ${title}  ${plainText(device?.label || "unnamed")}${others}`,
      style: "plain",
    };
  });
}

/** The reasons are the program's words, so they are marked as a quotation. */
function reasonLines({ kinds }: PromptQuestion): readonly Line[] {
  const reasons = new Set(kinds.flatMap(({ reason }) => reason ?? []));
  return [...reasons].map((reason) => ({
    text: `  It says: “${plainText(reason)}”`,
    style: "plain",
  }));
}
