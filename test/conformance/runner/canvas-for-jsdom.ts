/**
 * jsdom draws with the package `canvas`, whose binary isn't on npm; `@napi-rs/canvas` has nearly the
 * same interface, and is. To be imported before jsdom.
 */
import type * as NapiCanvas from "@napi-rs/canvas";
import Module, { createRequire } from "node:module";

type Load = (request: string, ...rest: unknown[]) => unknown;

const require = createRequire(import.meta.url);
const loader = Module as unknown as { _load: Load };
const key = "_load";
const load = loader[key];
loader[key] = (request, ...rest) =>
  request === "canvas" ? asNodeCanvas() : load(request, ...rest);

/** jsdom puts its own element in the context's `canvas`, which must be writable for that. */
function asNodeCanvas(): object {
  const canvas = require("@napi-rs/canvas") as typeof NapiCanvas;
  return {
    ...canvas,
    createCanvas(width: number, height: number) {
      const created = canvas.createCanvas(width, height);
      const getContext = created.getContext.bind(created) as (
        ...values: unknown[]
      ) => object | null;
      const writable = (...values: unknown[]): object | null => {
        const context = getContext(...values);
        if (context && !Object.hasOwn(context, "canvas")) {
          Object.defineProperty(context, "canvas", { value: created, writable: true });
        }
        return context;
      };
      return Object.assign(created, { getContext: writable });
    },
  };
}
