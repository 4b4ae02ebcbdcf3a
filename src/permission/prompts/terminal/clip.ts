const segmenter = new Intl.Segmenter();
const wideCharacters =
  /[\u1100-\u{115F}\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** A text cut to so many columns of a terminal, an ellipsis at its end where something is missing. */
export function clip(text: string, columns: number): string {
  let [width, clipped, fitting] = [0, "", ""];
  for (const { segment } of segmenter.segment(text)) {
    width += wideCharacters.test(segment) ? 2 : 1;
    if (width > columns) return `${fitting}…`;
    clipped += segment;
    if (width < columns) fitting = clipped;
  }
  return clipped;
}
