import * as v from "valibot";
import type { PromptAnswer, PromptQuestion } from "../permission-prompt.ts";

const answerSchema = v.strictObject({
  choice: v.picklist(["once", "always", "block", "none"]),
  /** For each kind, the place of the picked device in the question's list. */
  devices: v.record(v.string(), v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});

/**
 * Reads what the page posts.
 *
 * @returns `undefined` for what the page can't have posted; `"none"` for no choice.
 */
export function parsePageAnswer(
  body: string,
  question: PromptQuestion,
): PromptAnswer | "none" | undefined {
  const posted = v.safeParse(answerSchema, parseJson(body));
  if (!posted.success) return undefined;
  const { choice, devices } = posted.output;
  if (choice === "none") return choice;
  if (choice === "always" && !question.canRemember) return undefined;
  const picked = Object.entries(devices).map(([name, index]) => {
    const kind = question.kinds.find((kind) => kind.name === name);
    return [name, kind?.devices[index]?.key] as const;
  });
  if (picked.some(([, key]) => key === undefined)) return undefined;
  return { choice, devices: Object.fromEntries(picked) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
