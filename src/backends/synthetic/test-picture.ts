import { adoptVideoFrame } from "../../media/adopt-frame.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import { drawBackground } from "./background.ts";
import { CODE_COLUMNS, CODE_ROWS, encodeMark } from "./frame-code.ts";
import { glyphOf } from "./glyphs.ts";
import { CHARACTER, type PicturePlan, planPicture, TEXT } from "./picture-plan.ts";

const BLACK = 16;
const WHITE = 235;
/** Buffers that are kept for coming frames. */
const MAX_SPARE = 8;
/** Seconds that the runner takes across. */
const CROSSING = 4;

export interface Moment {
  readonly number: number;
  readonly flash: boolean;
  /** µs */
  readonly timestamp: number;
  /** µs */
  readonly duration: number;
  /** ms since the epoch */
  readonly wallMs: number;
}

/**
 * Draws test pictures of one size. What moves is drawn over what moved before, in brightness only;
 * buffers whose frames were closed are used again, so that nothing is copied.
 */
export class TestPicture {
  readonly #plan: PicturePlan;
  readonly #background: Uint8Array;
  readonly #spare: Uint8Array[] = [];

  constructor(width: number, height: number, seed: number) {
    this.#plan = planPicture(width, height);
    this.#background = drawBackground(this.#plan, seed);
  }

  draw(moment: Moment): VideoFrame {
    const { width, height } = this.#plan;
    const bytes = this.#spare.pop() ?? this.#background.slice();
    this.#drawCode(bytes, encodeMark(moment));
    this.#fill(bytes, this.#plan.flash, moment.flash ? WHITE : BLACK);
    this.#drawText(bytes, [
      String(moment.number).padStart(TEXT.columns / 2 + 2, "0"),
      new Date(moment.wallMs).toISOString().slice(11, 23),
    ]);
    this.#drawRunner(bytes, moment.timestamp);
    const { timestamp, duration } = moment;
    return adoptVideoFrame(
      bytes,
      { format: "I420", codedWidth: width, codedHeight: height, timestamp, duration },
      () => {
        if (this.#spare.length < MAX_SPARE) this.#spare.push(bytes);
      },
    );
  }

  #drawCode(bytes: Uint8Array, bits: number): void {
    const { code, unit } = this.#plan;
    for (let cell = 0; cell < CODE_COLUMNS * CODE_ROWS; cell++) {
      const x = code.x + (cell % CODE_COLUMNS) * unit;
      const y = code.y + Math.floor(cell / CODE_COLUMNS) * unit;
      const isSet = ((bits >>> (31 - cell)) & 1) === 1;
      this.#fill(bytes, { x, y, width: unit, height: unit }, isSet ? WHITE : BLACK);
    }
  }

  #drawText(bytes: Uint8Array, lines: readonly string[]): void {
    const { text, dot, width } = this.#plan;
    this.#fill(bytes, text, BLACK);
    for (const [line, characters] of lines.entries()) {
      const y = text.y + line * (CHARACTER.height + 2) * dot;
      const x = text.x + ((TEXT.columns - characters.length) * CHARACTER.width * dot) / 2;
      for (const [column, character] of [...characters].entries()) {
        const left = x + column * CHARACTER.width * dot;
        for (const [row, dots] of (glyphOf(character) ?? []).entries()) {
          for (let line = 0; line < dot; line++) {
            const start = (y + row * dot + line) * width + left;
            for (const at of dots) bytes.fill(WHITE, start + at * dot, start + (at + 1) * dot);
          }
        }
      }
    }
  }

  #drawRunner(bytes: Uint8Array, timestamp: number): void {
    const { lane, unit } = this.#plan;
    this.#fill(bytes, lane, BLACK);
    // There and back again.
    const phase = (timestamp / 1e6 / CROSSING) % 2;
    const share = phase < 1 ? phase : 2 - phase;
    const x = Math.round((lane.width - unit) * share);
    this.#fill(bytes, { x, y: lane.y, width: unit, height: unit }, WHITE);
  }

  #fill(
    bytes: Uint8Array,
    box: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    },
    luma: number,
  ): void {
    for (let row = box.y; row < box.y + box.height; row++) {
      const start = row * this.#plan.width + box.x;
      bytes.fill(luma, start, start + box.width);
    }
  }
}
