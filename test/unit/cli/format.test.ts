import { expect, test } from "vitest";

import { formatBytes, formatElapsed, formatProgress } from "../../../src/cli/format-progress.ts";
import { formatTable } from "../../../src/cli/format-table.ts";
import { LiveLine } from "../../../src/cli/live-line.ts";

test("A table's columns are as wide as their widest cell", () => {
  const rows = [
    ["KIND", "LABEL"],
    ["camera", "C920"],
    ["mic", ""],
  ];
  expect(formatTable(rows)).toBe("KIND    LABEL\ncamera  C920\nmic");
});

test("A label can't write on the terminal, nor turn its direction", () => {
  const table = formatTable([["\u001B[2Jevil\r\u202Ecam", "x"]]);
  expect(table).toBe(String.raw`\u{1b}[2Jevil\u{d}\u{202e}cam  x`);
});

test.each([
  [0, "00:00.0"],
  [5230, "00:05.2"],
  [65_999, "01:05.9"],
  [3_723_400, "1:02:03.4"],
])("%i ms is %s", (elapsedMs, text) => {
  expect(formatElapsed(elapsedMs)).toBe(text);
});

test.each([
  [999, "999 B"],
  [1500, "1.5 kB"],
  [2_340_000, "2.3 MB"],
  [12_340_000_000, "12.34 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test("The live line says what there is to say", () => {
  const progress = { elapsedMs: 5230, bytes: 2_340_000 };
  expect(formatProgress(progress)).toBe("00:05.2  2.3 MB");
  const all = { ...progress, framesPerSecond: 29.97, audioLevelDb: -18, droppedFrames: 2 };
  expect(formatProgress(all)).toBe("00:05.2  2.3 MB  30.0 fps  [#######---] -18 dB  2 dropped");
  expect(formatProgress({ ...progress, audioLevelDb: -Infinity })).toContain("[----------] silent");
  expect(formatProgress({ ...progress, audioLevelDb: 0 })).toContain("[##########]");
});

test("A live line is written over itself, never wraps, and can be taken away", () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 6, write: (text: string) => written.push(text) > 0 };
  const line = new LiveLine(stream);
  line.show("elapsed");
  line.clear();
  line.clear();
  expect(written).toEqual(["\r\u001B[2Kelaps", "\r\u001B[2K"]);
});

test("Without a terminal there is no live line", () => {
  const written: string[] = [];
  const line = new LiveLine({ write: (text: string) => written.push(text) > 0 });
  line.show("elapsed");
  line.clear();
  expect(written).toEqual([]);
});
