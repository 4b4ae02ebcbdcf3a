import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();

/** The columns that a text takes on a terminal: a wide character takes two, an accent none. */
export function textWidth(text: string): number {
  return stringWidth(text);
}

/** A text cut to so many columns of a terminal, with an ellipsis at its end where it was cut. */
export function clip(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let clipped = "";
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += textWidth(segment);
    if (width > columns - 1) break;
    clipped += segment;
  }
  return columns < 1 ? "" : `${clipped}…`;
}
