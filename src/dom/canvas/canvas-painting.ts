import { MemberOverrides } from "../member-overrides.ts";
import type { CanvasElement } from "./canvas-element.ts";

/** The methods of a 2D context that change its canvas. */
const PAINTING = [
  "clearRect",
  "drawImage",
  "fill",
  "fillRect",
  "fillText",
  "putImageData",
  "reset",
  "stroke",
  "strokeRect",
  "strokeText",
];

/** Those that take an image as their first argument. */
const TAKES_IMAGE = ["createPattern", "drawImage"];

type Method = (...values: unknown[]) => unknown;

/** Knows when scripts paint on the canvases of a window, and lets them paint what isn't in it. */
export class CanvasPainting {
  readonly #painted = new WeakSet<object>();
  readonly #listeners = new WeakMap<object, Set<() => void>>();
  readonly #wrapped = new WeakSet<object>();
  readonly #toImage: (image: unknown) => unknown;

  /**
   * @param canvas - the window's `HTMLCanvasElement.prototype`
   * @param toImage - what is drawn in the place of an image that the window can't draw; null for
   *   one that has nothing to draw yet
   */
  constructor(canvas: object, toImage: (image: unknown) => unknown) {
    this.#toImage = toImage;
    new MemberOverrides(canvas).method("getContext", (element, _, native) => {
      const context = native();
      if (typeof context === "object" && context !== null) this.#wrap(element, context);
      return context;
    });
  }

  /** Whether anything was ever painted on the canvas. */
  isPainted(canvas: CanvasElement): boolean {
    return this.#painted.has(canvas);
  }

  /** Calls `listener` after each painting, as long as the canvas lives. */
  watch(canvas: CanvasElement, listener: () => void): void {
    const listeners = this.#listeners.get(canvas) ?? new Set();
    this.#listeners.set(canvas, listeners);
    listeners.add(listener);
  }

  #wrap(canvas: object, context: object): void {
    if (this.#wrapped.has(context)) return;
    this.#wrapped.add(context);
    for (const name of new Set([...PAINTING, ...TAKES_IMAGE])) {
      const native: unknown = Reflect.get(context, name);
      if (typeof native !== "function") continue;
      const value = (...values: unknown[]): unknown => {
        const [first, ...rest] = values;
        const image = TAKES_IMAGE.includes(name) ? this.#toImage(first) : first;
        // https://html.spec.whatwg.org/multipage/canvas.html#check-the-usability-of-the-image-argument
        if (image === null && first !== null) return name === "drawImage" ? undefined : null;
        const given = values.length === 0 ? values : [image, ...rest];
        const result = (native as Method).apply(context, given);
        if (PAINTING.includes(name)) this.#noticePaint(canvas);
        return result;
      };
      Object.defineProperty(context, name, { value, writable: true, configurable: true });
    }
  }

  #noticePaint(canvas: object): void {
    this.#painted.add(canvas);
    for (const listener of this.#listeners.get(canvas) ?? []) listener();
  }
}
