/**
 * What can't be seen, or makes a terminal do something: control characters (they move the cursor or
 * rewrite a question), characters that turn the direction of writing, and letters that look like
 * nothing; U+2800 is a braille pattern without a dot. What makes an emoji of a character is no harm.
 */
const UNSEEN =
  /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Accents past the fourth on one letter: they only hide what stands above and below. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

/**
 * A text from outside (a package's name, a device's label, a manifest's reason, a message that
 * quotes them) as it may be shown to a person, on a terminal or on a page. Every such text goes
 * through this function. What can't be seen or would be obeyed is shown by its number. Blanks are
 * shown as one space, none at the ends: many of them would push away what stands behind.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(UNSEEN, escaped)
    .replaceAll(STACKED, "$1")
    .replaceAll(/\p{Zs}+/gu, " ")
    .trim();
}

/** As {@link plainText}, for text of several lines: their breaks and their indents stay. */
export function plainLines(text: string): string {
  return text
    .split("\n")
    .map((line) => `${/^ */.exec(line)?.[0] ?? ""}${plainText(line)}`)
    .join("\n");
}

/** A value as JSON that a terminal obeys in nothing; the same value for a program that reads it. */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(
    /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => character.replaceAll(/[^]/g, jsonEscape),
  );
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function jsonEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
