/** A rectangle, in px. */
export interface DOMRectInit {
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}

/**
 * A rectangle in px. Node has no class of this name of its own.
 *
 * @see https://drafts.fxtf.org/geometry/#DOMRect
 */
export class DOMRectReadOnly {
  readonly #x: number;
  readonly #y: number;
  readonly #width: number;
  readonly #height: number;

  constructor(x = 0, y = 0, width = 0, height = 0) {
    this.#x = x;
    this.#y = y;
    this.#width = width;
    this.#height = height;
  }

  static fromRect({ x, y, width, height }: DOMRectInit = {}): DOMRectReadOnly {
    return new DOMRectReadOnly(x, y, width, height);
  }

  /** px */
  get x(): number {
    return this.#x;
  }
  /** px */
  get y(): number {
    return this.#y;
  }
  /** px */
  get width(): number {
    return this.#width;
  }
  /** px */
  get height(): number {
    return this.#height;
  }
  /** px; the upper edge */
  get top(): number {
    return Math.min(this.#y, this.#y + this.#height);
  }
  /** px; the right edge */
  get right(): number {
    return Math.max(this.#x, this.#x + this.#width);
  }
  /** px; the lower edge */
  get bottom(): number {
    return Math.max(this.#y, this.#y + this.#height);
  }
  /** px; the left edge */
  get left(): number {
    return Math.min(this.#x, this.#x + this.#width);
  }

  /** The values as a plain object. */
  toJSON(): Record<"x" | "y" | "width" | "height" | "top" | "right" | "bottom" | "left", number> {
    const { x, y, width, height, top, right, bottom, left } = this;
    return { x, y, width, height, top, right, bottom, left };
  }
}
