import { expect, test } from "vitest";

import {
  formatBytes,
  formatElapsed,
  formatProgress,
} from "../../../../src/cli/recording/format-progress.ts";
import { formatTable } from "../../../../src/cli/terminal/format-table.ts";
import { style } from "../../../../src/cli/terminal/layout.ts";
import { LiveLine } from "../../../../src/cli/terminal/live-line.ts";
import { textWidth } from "../../../../src/host/text-width.ts";

const unstyled = { columns: undefined, style: (_name: unknown, text: string) => text };

test("A table's columns are as wide as their widest cell", () => {
  const rows = [
    ["camera", "C920"],
    ["mic", ""],
  ];
  expect(formatTable(["KIND", "LABEL"], rows, unstyled)).toBe("KIND    LABEL\ncamera  C920\nmic");
});

test("A wide character takes two columns", () => {
  const table = formatTable(["A", "B"], [["摄像头 🎥", "x"]], unstyled);
  expect(table).toBe("A          B\n摄像头 🎥  x");
});

test("A table that is wider than the terminal is a paragraph for each row, of words alone", () => {
  const rows = [
    ["camera", "A camera with a long name", "v4l2:a"],
    ["mic", "", "pulse:b"],
  ];
  const format = { columns: 24, style: unstyled.style };
  expect(formatTable(["KIND", "LABEL", "ID"], rows, format)).toBe(
    [
      "KIND   camera",
      "LABEL  A camera with a",
      "       long name",
      "ID     v4l2:a",
      "",
      "KIND   mic",
      "ID     pulse:b",
    ].join("\n"),
  );
});

test("The widest column of a table is broken between words, as long as that is enough", () => {
  const rows = [["v4l2:a", "1920x1080@60, 1280x720@60 and 2 more"]];
  const table = formatTable(["ID", "MODES"], rows, { ...unstyled, columns: 34 });
  expect(table).toBe("ID      MODES\nv4l2:a  1920x1080@60, 1280x720@60\n        and 2 more");
});

test("The titles of a table stand out where there are colors", () => {
  expect(formatTable(["A"], [["b"]], { columns: undefined, style })).toBe("\u001B[1mA\u001B[0m\nb");
});

test("A label can't write on the terminal, nor turn its direction", () => {
  const table = formatTable(["A", "B"], [["\u001B[2Jevil\r\u202Ecam", "x"]], unstyled);
  expect(table.split("\n")[1]).toBe(String.raw`\u{1b}[2Jevil\u{d}\u{202e}cam  x`);
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

test.each([
  [60, "00:05.2  2.3 MB  30.0 fps  [#######---] -18 dB  2 dropped"],
  [50, "00:05.2  2.3 MB  [#######---] -18 dB  2 dropped"],
  [39, "00:05.2  2.3 MB  [#######---] -18 dB"],
  [30, "00:05.2  [#######---] -18 dB"],
  [10, "00:05.2"],
])("In %i columns the least important parts are left out whole", (columns, line) => {
  const progress = { elapsedMs: 5230, bytes: 2_340_000, framesPerSecond: 29.97 };
  const all = { ...progress, audioLevelDb: -18, droppedFrames: 2 };
  expect(formatProgress(all, columns)).toBe(line);
  expect(textWidth(line)).toBeLessThanOrEqual(columns);
});

test("A live line is written over itself, never wraps, and can be taken away", () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 6, write: (text: string) => written.push(text) > 0 };
  const line = new LiveLine(stream);
  line.show("elapsed");
  line.clear();
  line.clear();
  expect(written).toEqual(["\r\u001B[2Kelap…", "\r\u001B[2K"]);
});

test("Without a terminal there is no live line", () => {
  const written: string[] = [];
  const line = new LiveLine({ write: (text: string) => written.push(text) > 0 });
  line.show("elapsed");
  line.clear();
  expect(written).toEqual([]);
});
