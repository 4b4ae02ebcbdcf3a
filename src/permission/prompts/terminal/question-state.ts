import type { PromptAnswer, PromptedKind, PromptQuestion } from "../permission-prompt.ts";

export type Choice = PromptAnswer["choice"];

/** What the person has moved to so far. */
export interface QuestionState {
  readonly choices: readonly Choice[];
  /** The place of the choice that Enter takes; `undefined` until the person went to one. */
  readonly selected: number | undefined;
  /** For each kind, the device that is shown, and whether the person went to it. */
  readonly devices: readonly { readonly index: number; readonly isPicked: boolean }[];
}

/** A key, as `node:readline` names it. */
export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly sequence?: string | undefined;
}

/**
 * What a key leads to: another state, an answer, or the end without one. `foreign`: a key that means
 * nothing here, so the person types for something else.
 */
export type KeyEffect =
  | { readonly type: "foreign" }
  | { readonly type: "state"; readonly state: QuestionState }
  | { readonly type: "answer"; readonly answer: PromptAnswer }
  | { readonly type: "no choice" }
  | { readonly type: "signal"; readonly signal: "SIGINT" | "SIGQUIT" | "SIGTSTP" };

const letters: Readonly<Record<string, Choice>> = { o: "once", a: "always", b: "block" };

/** The letter that shows another device of a kind. */
export const deviceLetters = { camera: "c", microphone: "m", "display-capture": "s" } as const;

const signals = { c: "SIGINT", "\\": "SIGQUIT", z: "SIGTSTP" } as const;

/** The state in which a question is first shown. */
export function initialState({ kinds, canRemember }: PromptQuestion): QuestionState {
  return {
    choices: canRemember ? ["once", "always", "block"] : ["once", "block"],
    selected: undefined,
    devices: kinds.map(() => ({ index: 0, isPicked: false })),
  };
}

/**
 * What a key does. A letter or an arrow goes to a choice and Enter takes it: no single key of a
 * sentence that is meant for something else is an answer.
 */
export function press(question: PromptQuestion, state: QuestionState, key: Key): KeyEffect {
  if (key.ctrl === true) return pressControl(state, key);
  const { choices, selected } = state;
  const name = key.name ?? key.sequence ?? "";
  const choice = choices.findIndex((choice) => letters[name] === choice);
  if (choice >= 0) return { type: "state", state: { ...state, selected: choice } };
  const kind = question.kinds.findIndex((kind) => deviceLetters[kind.name] === name);
  if (kind >= 0) return { type: "state", state: nextDevice(question, state, kind) };
  const at = selected === undefined ? undefined : choices[selected];
  switch (name) {
    case "up":
      return move(state, -1);
    case "down":
    case "tab":
      return move(state, 1);
    case "return":
    case "enter":
      return at === undefined ? { type: "state", state } : answer(question, state, at);
    case "escape":
      return { type: "no choice" };
    default:
      return { type: "foreign" };
  }
}

function pressControl(state: QuestionState, key: Key): KeyEffect {
  if (key.name === "d") return { type: "no choice" };
  const name = key.sequence === "\u001C" ? "\\" : key.name;
  if (name === "c" || name === "\\" || name === "z")
    return { type: "signal", signal: signals[name] };
  return { type: "state", state };
}

function move(state: QuestionState, step: number): KeyEffect {
  const count = state.choices.length;
  const from = state.selected ?? (step > 0 ? -1 : count);
  return { type: "state", state: { ...state, selected: (from + step + count) % count } };
}

function nextDevice(question: PromptQuestion, state: QuestionState, kind: number): QuestionState {
  const count = question.kinds[kind]?.devices.length ?? 0;
  if (count < 2) return state;
  const devices = state.devices.map(({ index, isPicked }, at) =>
    at === kind ? { index: (index + 1) % count, isPicked: true } : { index, isPicked },
  );
  return { ...state, devices };
}

function answer({ kinds }: PromptQuestion, state: QuestionState, choice: Choice): KeyEffect {
  const picked = kinds.flatMap((kind, at) => pickedDevice(kind, state.devices[at]));
  return { type: "answer", answer: { choice, devices: Object.fromEntries(picked) } };
}

/** A device that was just shown is no choice of the person: the whole kind is meant then. */
function pickedDevice(
  { name, devices }: PromptedKind,
  shown: QuestionState["devices"][number] | undefined,
) {
  const device = shown?.isPicked === true ? devices[shown.index] : undefined;
  return device === undefined ? [] : [[name, device.key] as const];
}
