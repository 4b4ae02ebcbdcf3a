import { JSDOM } from "jsdom";
import { beforeEach, describe, expect, it } from "vitest";

import type { RealmOptions } from "../../../src/web/realm/realm.ts";
import { fakeWorld } from "../../support/fake-world.ts";

/** A window with a global environment of its own, and the interfaces exposed in it. */
function exposedWindow(options: Partial<RealmOptions> = {}): {
  evaluate: (script: string) => unknown;
} {
  const { window } = new JSDOM("", { runScripts: "outside-only", url: "https://page.example" });
  const evaluate = (script: string): unknown => window.eval(script);
  const names = [
    ...["Object", "Function", "Array", "Promise", "TypeError", "Number", "String"],
    ...["EventTarget", "Event", "DOMException"],
  ];
  const intrinsics = Object.fromEntries(names.map((name) => [name, evaluate(name)]));
  const world = fakeWorld(undefined, { ...intrinsics, ...options });
  for (const [name, value] of Object.entries(world.interfaces)) {
    Object.defineProperty(window, name, { value, configurable: true, writable: true });
  }
  world.extendNavigator(window.navigator);
  return { evaluate };
}

describe("interfaces exposed in a window", () => {
  let evaluate: (script: string) => unknown;
  beforeEach(() => {
    ({ evaluate } = exposedWindow());
  });

  it.each([
    "navigator.mediaDevices instanceof MediaDevices",
    "navigator.mediaDevices instanceof EventTarget",
    "navigator.mediaDevices === navigator.mediaDevices",
    "new MediaStream() instanceof EventTarget",
    "new (class extends MediaStream {})() instanceof MediaStream",
    "new MediaStream().getTracks() instanceof Array",
    "navigator.mediaDevices.getSupportedConstraints() instanceof Object",
    "new OverconstrainedError('width') instanceof DOMException",
    "Object.getPrototypeOf(OverconstrainedError) === DOMException",
    "Object.getPrototypeOf(InputDeviceInfo.prototype) === MediaDeviceInfo.prototype",
    "Object.getPrototypeOf(MediaDeviceInfo) === Function.prototype",
    "Object.getPrototypeOf(MediaDeviceInfo.prototype) === Object.prototype",
    "MediaStream.prototype.constructor === MediaStream",
    "(e => e.devices === e.devices && Object.isFrozen(e.devices))(new DeviceChangeEvent('x'))",
  ])("%s", (expression) => {
    expect(evaluate(expression)).toBe(true);
  });

  it.each([
    "new MediaStream(1)",
    "MediaStream()",
    "new MediaStreamTrack()",
    "new MediaStream().addTrack()",
    "new MediaStream().addTrack({})",
    "MediaStream.prototype.id",
    "MediaStream.prototype.getTracks.call({})",
    "new MediaStreamTrackEvent('addtrack', {})",
    "navigator.getUserMedia({ video: true })",
    "Navigator.prototype.mediaDevices",
  ])("%s throws the window's TypeError", (expression) => {
    const script = `(() => { try { ${expression} } catch (e) { return e instanceof TypeError } })()`;
    expect(evaluate(script)).toBe(true);
  });

  it.each([
    ["getUserMedia()", "TypeError"],
    ["getUserMedia(1)", "TypeError"],
    ["getUserMedia.call({}, { video: true })", "TypeError"],
    ["getUserMedia({ video: { width: { min: 1e9 } } })", "OverconstrainedError"],
    ["getDisplayMedia()", "DOMException"],
  ])("%s rejects the window's promise with its %s", async (call, type) => {
    const promise = evaluate(`p = navigator.mediaDevices.${call}`) as Promise<unknown>;
    expect(evaluate("p instanceof Promise")).toBe(true);
    const error: unknown = await promise.catch((reason: unknown) => reason);
    expect((evaluate(`e => e instanceof ${type}`) as (e: unknown) => boolean)(error)).toBe(true);
  });

  it("resolves with the window's objects, whose events are the window's", async () => {
    await (evaluate(`(async () => {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
      [track] = stream.getVideoTracks();
      devices = await navigator.mediaDevices.enumerateDevices();
    })()`) as Promise<void>);
    expect(evaluate("stream instanceof MediaStream && track instanceof MediaStreamTrack")).toBe(
      true,
    );
    expect(evaluate("stream.clone() instanceof MediaStream")).toBe(true);
    expect(evaluate("devices instanceof Array && devices[0] instanceof InputDeviceInfo")).toBe(
      true,
    );
    expect(evaluate("track.getCapabilities().width instanceof Object")).toBe(true);
    expect(
      evaluate(`
        track.onended = (event) => { seen = [event instanceof Event, event.target === track] };
        track.dispatchEvent(new Event("ended"));
        seen.join()`),
    ).toBe("true,true");
  });

  it("leaves out, in an insecure context, what needs a secure one", () => {
    const insecure = exposedWindow({ isSecureContext: false });
    expect(insecure.evaluate("typeof MediaStream")).toBe("function");
    expect(insecure.evaluate("typeof MediaDevices + typeof navigator.mediaDevices")).toBe(
      "undefinedundefined",
    );
    expect(insecure.evaluate("typeof navigator.getUserMedia")).toBe("undefined");
    expect(insecure.evaluate("typeof navigator.permissions")).toBe("object");
  });
});

describe("objects of two realms", () => {
  it("pass each other's brand checks", () => {
    const one = exposedWindow();
    const two = exposedWindow();
    const stream = one.evaluate("new MediaStream()");
    const copyOf = two.evaluate("(stream) => new MediaStream(stream).getTracks().length") as (
      stream: unknown,
    ) => number;
    expect(copyOf(stream)).toBe(0);
  });
});
