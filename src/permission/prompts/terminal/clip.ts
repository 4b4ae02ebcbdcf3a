import { eastAsianWidth } from "get-east-asian-width";

const segmenter = new Intl.Segmenter();

/**
 * How many columns a text takes on a terminal, at most: what terminals draw differently (signs that
 * are wide in East Asia only, emoji of several parts) counts as its widest.
 */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    // What stands above or below another takes no room, but for what makes an emoji of it.
    if (/\p{Mn}/u.test(character) && character !== "\u{FE0F}") continue;
    const code = character.codePointAt(0) ?? 0;
    width += ours.has(character) ? 1 : eastAsianWidth(code, { ambiguousAsWide: true });
  }
  return width;
}

/** Signs of the question itself, which are narrow wherever it was seen. */
const ours = new Set("❯↑↓·“”…✔✖");

/** A text cut to so many columns of a terminal, an ellipsis at its end where something is missing. */
export function clip(text: string, columns: number): string {
  let [width, clipped, fitting] = [0, "", ""];
  for (const { segment } of segmenter.segment(text)) {
    width += widthOf(segment);
    if (width > columns) return `${fitting}…`;
    clipped += segment;
    if (width < columns) fitting = clipped;
  }
  return clipped;
}
