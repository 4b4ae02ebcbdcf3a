import { kindList, kindWords } from "../kind-words.ts";
import type { PromptAnswer, PromptQuestion } from "../permission-prompt.ts";
import { plainText } from "../../../host/plain-text.ts";
import { clip, textWidth } from "../../../host/text-width.ts";
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
  /** False while what the person types is meant for something else, and thrown away. */
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
  const width = columns - 1;
  const title = { before: "? ", name: application.name, after: ` wants to use your ${names}` };
  const lines: Line[] = [
    { text: fitted(title, width), style: "bold" },
    { text: `  ${plainText(application.path ?? "a script without a file")}`, style: "dim" },
    ...deviceLines(question, state, width),
    ...reasonLines(question),
    { text: "", style: "plain" },
    ...state.choices.map((choice, at): Line => {
      const isSelected = at === state.selected;
      const text = `${isSelected ? "❯" : " "} ${choiceLetters[choice]}  ${choiceWords[choice]}`;
      return { text, style: isSelected ? "cyan" : "plain" };
    }),
    { text: isReady ? "  ↑ ↓ or a letter, then Enter · Esc: decide later" : "", style: "dim" },
  ];
  return lines.map(({ text, style }) => ({ text: clip(text, width), style }));
}

/** What stays on the screen once the person has answered. */
export function answeredLine(
  question: PromptQuestion,
  answer: PromptAnswer | undefined,
  columns: number,
): string {
  const names = kindList(question.kinds);
  const { name } = question.application;
  const outcome = answer === undefined ? "undecided" : answer.choice;
  const [before, after] = (
    {
      undecided: ["? ", `: no decision about ${names}; the program waits`],
      once: ["✔ ", `: ${names} allowed once`],
      always: ["✔ ", `: ${names} allowed always`],
      block: ["✖ ", `: ${names} blocked`],
    } as const
  )[outcome];
  return clip(fitted({ before, name, after }, columns - 1), columns - 1);
}

/** A name from outside between words of ours: of a line that is too long, the name is cut first. */
function fitted(
  { before, name, after }: { before: string; name: string; after: string },
  width: number,
): string {
  const room = width - textWidth(before) - textWidth(after);
  return `${before}${clip(plainText(name), Math.max(room, leastOfName))}${after}`;
}

/** Columns of a name that are shown in any case. */
const leastOfName = 8;

function deviceLines(
  { kinds }: PromptQuestion,
  state: QuestionState,
  width: number,
): readonly Line[] {
  return kinds.map(({ name, devices }, at): Line => {
    const word = kindWords[name];
    const title = `${word.charAt(0).toUpperCase()}${word.slice(1)}`.padEnd("Microphone".length);
    const device = devices[state.devices[at]?.index ?? 0];
    const after =
      devices.length > 1 ? `  (${deviceLetters[name]}: another of ${devices.length})` : "";
    const label = device?.label || "unnamed";
    return { text: fitted({ before: `  ${title}  `, name: label, after }, width), style: "plain" };
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
