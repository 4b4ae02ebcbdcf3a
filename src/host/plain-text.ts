/**
 * A text from outside (a device's label, a manifest's reason) as it may be shown on a terminal:
 * control characters, which could move the cursor or rewrite the question, and characters that turn
 * the direction of writing are shown as what they are.
 */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
