import { execFileSync } from "node:child_process";
import { Window as HappyWindow } from "happy-dom";
import { JSDOM } from "jsdom";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { VirtualDevices } from "../../../../src/testing/index.ts";

class FakeNavigator {
  readonly userAgent = "test";
}

/** Navigators whose prototype is shared with objects that are no navigators. */
const foreign: Readonly<Record<string, () => object>> = {
  "a plain object": () => ({ userAgent: "test" }),
  "an object without a prototype": () => Object.create(null) as object,
  "an object of a class of the program": () => new FakeNavigator(),
  "a copy of a window's navigator": () => ({ ...navigatorOf(new JSDOM().window) }),
};

function navigatorOf(window: object): object {
  return Reflect.get(window, "navigator") as object;
}

let scope: { navigator: object };
let uninstall: () => Promise<void>;

beforeEach(() => {
  uninstall = async () => undefined;
});
afterEach(() => uninstall());

describe.each(Object.entries(foreign))("a navigator that is %s", (_name, make) => {
  it("gets the members itself, leaves its prototype as it is, and gives them back", async () => {
    const navigator = make();
    const prototype = Object.getPrototypeOf(navigator) as object | null;
    const keys = [prototype && Reflect.ownKeys(prototype), Reflect.ownKeys(navigator)];
    scope = { navigator };
    uninstall = new VirtualDevices().install(scope);
    expect(Reflect.get(navigator, "mediaDevices")).toBeTypeOf("object");
    expect(Reflect.get(navigator, "getUserMedia")).toBeTypeOf("function");
    expect(prototype && Reflect.ownKeys(prototype)).toEqual(keys[0]);
    await uninstall();
    expect(Reflect.ownKeys(navigator)).toEqual(keys[1]);
  });
});

it.each([
  ["jsdom", () => new JSDOM("", { url: "https://example.com/" }).window],
  ["happy-dom", () => new HappyWindow({ url: "https://example.com/" })],
])(
  "the navigator of %s gets them on its interface, without prefixed names",
  async (_name, make) => {
    const window = make();
    const navigator = navigatorOf(window);
    uninstall = new VirtualDevices().install(window);
    expect(Object.hasOwn(navigator, "mediaDevices")).toBe(false);
    expect(Object.hasOwn(Object.getPrototypeOf(navigator) as object, "mediaDevices")).toBe(true);
    expect("getUserMedia" in navigator).toBe(true);
    expect(["webkitGetUserMedia", "mozGetUserMedia"].filter((name) => name in navigator)).toEqual(
      [],
    );
  },
);

it("register leaves Object.prototype alone where the global navigator is a plain object", () => {
  const program = `
    globalThis.navigator = {};
    const before = Reflect.ownKeys(Object.prototype).length;
    await import("node-usermedia/register");
    console.log(typeof navigator.mediaDevices, Reflect.ownKeys(Object.prototype).length - before);`;
  const args = ["--input-type=module", "-e", program];
  expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("object 0\n");
});
