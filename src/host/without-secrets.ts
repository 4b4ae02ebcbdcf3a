/** Longer ones stand out of any text; shorter ones might be a piece of an honest word. */
const SURE_LENGTH = 4;

/** A text for people and logs, with `…` in place of every secret. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  // The longest first: one may be a piece of another.
  const byLength = secrets
    .filter((secret) => secret !== "")
    .toSorted((a, b) => b.length - a.length);
  return byLength.reduce((shown, secret) => {
    if (secret.length >= SURE_LENGTH) return shown.replaceAll(secret, "…");
    const escaped = secret.replaceAll(/[^\p{L}\p{N}_]/gu, String.raw`\$&`);
    return shown.replaceAll(new RegExp(`(?<!\\w)${escaped}(?!\\w)`, "g"), "…");
  }, text);
}
