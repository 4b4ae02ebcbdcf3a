import { CODE_COLUMNS, CODE_ROWS } from "./frame-code.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the parts of a test picture stand, in px; all start on even ones. */
export interface PicturePlan {
  readonly width: number;
  readonly height: number;
  /** Side of a square of the code, of the runner and (doubled) of the flash. */
  readonly unit: number;
  /** px to a dot of a character */
  readonly dot: number;
  readonly code: Box;
  readonly flash: Box;
  readonly text: Box;
  readonly lane: Box;
}

/** px of a character and its gap, in dots */
export const CHARACTER = { width: 6, height: 7 } as const;
/** Characters in a line, and lines. */
export const TEXT = { columns: 12, rows: 2 } as const;

/** In the middle across, so that a picture cropped to another shape keeps what can be read. */
export function planPicture(width: number, height: number): PicturePlan {
  const unit = Math.max(4, even(Math.min(width, height) / 20));
  const dot = Math.max(1, Math.floor(Math.min(width / 160, height / 90)));
  const centred = (boxWidth: number, boxHeight: number, y: number): Box => ({
    x: even((width - boxWidth) / 2),
    y: even(y),
    width: boxWidth,
    height: boxHeight,
  });
  const code = centred(CODE_COLUMNS * unit, CODE_ROWS * unit, height - (CODE_ROWS + 1) * unit);
  const textHeight = TEXT.rows * (CHARACTER.height + 2) * dot;
  return {
    width,
    height,
    unit,
    dot,
    code,
    flash: { x: code.x - 3 * unit, y: code.y, width: 2 * unit, height: 2 * unit },
    text: centred(TEXT.columns * CHARACTER.width * dot, textHeight, height / 2 - textHeight),
    lane: { x: 0, y: unit, width, height: unit },
  };
}

function even(value: number): number {
  return 2 * Math.floor(value / 2);
}
