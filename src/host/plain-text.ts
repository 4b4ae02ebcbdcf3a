/**
 * A text from outside (a package's name, a device's label, a manifest's reason) as it may be shown
 * to a person, on a terminal or on a page. Control characters, which could move the cursor or
 * rewrite the question, characters that turn the direction of writing, and characters that can't be
 * seen are shown as what they are. Blanks are shown as one space, none at the ends: many of them
 * would push away what stands behind.
 */
export function plainText(text: string): string {
  return text
    .replaceAll(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll(/\p{Zs}+/gu, " ")
    .trim();
}

/** U+2800 is a braille pattern without a dot; what makes an emoji of a character is no harm. */
const unseen =
  /(?!\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu;
