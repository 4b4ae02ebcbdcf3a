import { beforeEach, expect, test } from "vitest";

import { setEventHandler } from "../../../src/webidl/event-handler.ts";
import { whenListenedTo } from "../../../src/webidl/when-listened-to.ts";

let log: string[];
let target: EventTarget;

beforeEach(() => {
  log = [];
  target = new EventTarget();
  whenListenedTo(target, ["change"], () => {
    log.push("begin");
    return () => log.push("end");
  });
});

const listener = (): void => undefined;

test("begins with the first listener, ends with the last, and begins again", () => {
  target.addEventListener("other", listener);
  target.addEventListener("change", null);
  expect(log).toEqual([]);
  target.addEventListener("change", listener);
  target.addEventListener("change", listener);
  target.addEventListener("change", listener, true);
  target.removeEventListener("change", listener);
  target.removeEventListener("other", listener);
  expect(log).toEqual(["begin"]);
  target.removeEventListener("change", listener, { capture: true });
  expect(log).toEqual(["begin", "end"]);
  target.addEventListener("change", listener);
  expect(log).toEqual(["begin", "end", "begin"]);
});

test("ends when an event handler attribute is set to null", () => {
  setEventHandler(target, "change", listener);
  setEventHandler(target, "change", () => undefined);
  expect(log).toEqual(["begin"]);
  setEventHandler(target, "change", null);
  expect(log).toEqual(["begin", "end"]);
});

test("ends when the event came that a listener was for once", () => {
  target.addEventListener("change", () => log.push("event"), { once: true });
  target.dispatchEvent(new Event("change"));
  target.dispatchEvent(new Event("change"));
  expect(log).toEqual(["begin", "event", "end"]);
});

test("ends when a listener's signal is aborted, and doesn't begin for one that was", () => {
  const controller = new AbortController();
  const { signal } = controller;
  target.addEventListener("change", listener, { signal });
  controller.abort();
  expect(log).toEqual(["begin", "end"]);
  target.addEventListener("change", listener, { signal });
  expect(log).toEqual(["begin", "end"]);
});
