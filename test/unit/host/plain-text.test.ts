import * as fc from "fast-check";
import { expect, test } from "vitest";
import { plainJson, plainLines, plainText } from "../../../src/host/plain-text.ts";
import { clip, textWidth } from "../../../src/host/text-width.ts";

test.each([
  ["an escape sequence", "\u001B[2Jevil", String.raw`\u{1b}[2Jevil`],
  ["a control character of eight bits", "a\u009B2J", String.raw`a\u{9b}2J`],
  ["a turn of the direction", "a\u202Eb", String.raw`a\u{202e}b`],
  ["a letter that looks like nothing", "a\u3164b\u2800", String.raw`a\u{3164}b\u{2800}`],
  ["a new line", "a\nb", String.raw`a\u{a}b`],
  ["half of a character", "a\uD83D", String.raw`a\u{d83d}`],
])("%s is shown as what it is", (_name, text, shown) => {
  expect(plainText(text)).toBe(shown);
});

test("Blanks at the end, and rows of blanks of any width, push nothing away", () => {
  expect(plainText(`  name${" \u00A0\u3000".repeat(100)}`)).toBe("name");
  expect(plainText(`good${"\u2003".repeat(100)}name`)).toBe("good name");
});

test("Accents past the fourth on a letter are left out", () => {
  expect(plainText(`e${"\u0301".repeat(500)}`)).toBe(`e${"\u0301".repeat(4)}`);
});

test("What a person may be called stays as it is", () => {
  for (const name of ["Zoë", "程序", "עברית", "camera ❤️", "👩 cam", "e\u0301"]) {
    expect(plainText(name)).toBe(name);
  }
});

test("Whatever comes from outside is one line without a character that a terminal obeys", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const plain = plainText(text);
      expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|^\s|\s$| {2}/u);
      expect(plainText(plain)).toBe(plain);
    }),
  );
});

test("JSON is the same value, and is nothing that a terminal obeys", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const json = plainJson({ text }, 2);
      expect(JSON.parse(json)).toEqual({ text });
      expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("Lines keep their breaks and indents", () => {
  expect(plainLines("a\u001B\n  b ")).toBe("a\\u{1b}\n  b");
});

test("A text is cut to the columns that it takes, not to its length", () => {
  expect(textWidth("程序 👩")).toBe(7);
  expect(clip("程序 👩", 7)).toBe("程序 👩");
  expect(clip("程序 👩", 6)).toBe("程序 …");
  expect(clip("程序", 3)).toBe("程…");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, columns) => {
      expect(textWidth(clip(plainText(text), columns))).toBeLessThanOrEqual(columns);
    }),
  );
});
